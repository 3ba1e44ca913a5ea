import { findProgram } from './find-program.ts'
import { step } from './step.ts'

const aptGet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300']

/** The package managers that the set-up can use: how each installs without asking, and what a person would type. */
const managers = {
  'apt-get': {
    install: [...aptGet, 'install', '-y', '--no-install-recommends'],
    // The package lists of a new machine are empty or old; on others, an update is time lost.
    update: [...aptGet, 'update'],
    byHand: 'sudo apt-get install',
  },
  dnf: { install: ['dnf', 'install', '-y', '-q'], byHand: 'sudo dnf install' },
  apk: { install: ['apk', 'add', '--no-progress'], byHand: 'sudo apk add' },
  brew: { install: ['brew', 'install', '--quiet'], byHand: 'brew install' },
}
type Manager = keyof typeof managers

export type PackageNames = Partial<Record<Manager, string[]>>

let last: Promise<unknown> = Promise.resolve()

/**
 * Installs packages of the machine's own system, one call after the other: package managers hold a lock.
 * @throws Error that names the command to run by hand, where the right to install is missing or it fails
 */
export function installPackages(names: PackageNames): Promise<void> {
  const turn = last.then(() => install(names))
  last = turn.catch(() => undefined)
  return turn
}

async function install(names: PackageNames): Promise<void> {
  const manager = (['apt-get', 'dnf', 'apk', 'brew'] as const).find(
    (each) => names[each] && findProgram(each),
  )
  if (!manager) {
    const wanted = Object.entries(names).map(([each, packages]) => `${each}: ${packages.join(' ')}`)
    throw new Error(
      `None of the package managers that have them is here. Install them by hand: ${wanted.join('; ')}`,
    )
  }
  const packages = names[manager] ?? []
  try {
    await installWith(manager, packages)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(
      `Some of ${packages.join(', ')} could not be installed. Run by hand:\n\n` +
        `  ${managers[manager].byHand} ${packages.join(' ')}\n\n${why}`,
      { cause: error },
    )
  }
}

async function installWith(manager: Manager, packages: string[]): Promise<void> {
  const asRoot = manager === 'brew' || process.getuid?.() === 0
  if (!asRoot && !findProgram('sudo')) throw new Error('This user is not root, and there is no sudo.')
  const perform = (what: string, command: string[]) => {
    const [program = '', ...args] = asRoot ? command : ['sudo', '-n', ...command]
    return step(what, program, args)
  }
  const attempt = () =>
    perform(`Installing ${packages.join(', ')} with ${manager}`, [...managers[manager].install, ...packages])
  try {
    await attempt()
  } catch (error) {
    const { update } = { update: undefined, ...managers[manager] }
    if (!update) throw error
    await perform('Updating the package lists', update)
    await attempt()
  }
}
