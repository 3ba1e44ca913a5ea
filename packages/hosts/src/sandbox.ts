import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Isolation, keysOf } from '@pdf-smaller/contracts'
import { type ConfigOf, StartError, workFolder } from '@pdf-smaller/platform'
import { secretFileSettings } from '@pdf-smaller/platform/settings'
import type { Wrapper } from './command-line.ts'
import type { hostSettings } from './settings.ts'

export type SandboxConfig = Pick<
  ConfigOf<typeof hostSettings>,
  | 'SANDBOX'
  | 'DATA_DIR'
  | 'WORK_DIR'
  | 'NATS_NKEY_FILE'
  | 'NATS_CREDENTIALS_FILE'
  | keyof typeof secretFileSettings
>

export type Sandbox = { wrapper: Wrapper | undefined; isolation: Isolation }

/**
 * Finds out by trying whether this system lets a host be shut in.
 * @param main the main file of a host
 * @throws StartError where it does not, and the settings want it; what kept it from trying, which says nothing of the system
 */
export async function openSandbox(settings: SandboxConfig, main: string): Promise<Sandbox> {
  if (settings.SANDBOX === 'off')
    return { wrapper: undefined, isolation: { sandbox: 'none', why: 'PDF_SMALLER_SANDBOX is off' } }
  const wrapper = bubblewrap(settings)
  const why = await whyNot(wrapper, main, workFolder(settings)).catch((error: unknown) => {
    if (settings.SANDBOX !== 'required') throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(`PDF_SMALLER_SANDBOX is required, and none can be made: ${reason}`)
  })
  if (why === undefined) return { wrapper, isolation: { sandbox: 'bubblewrap' } }
  if (settings.SANDBOX === 'required')
    throw new StartError(`PDF_SMALLER_SANDBOX is required, and there is no sandbox: ${why}`)
  return { wrapper: undefined, isolation: { sandbox: 'none', why } }
}

/** What programs are made of, on the systems that this one runs on, with the fonts and tables of the engines. */
const system = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/opt', '/nix', '/gnu']
const ofEngines = ['/var/lib/ghostscript', '/var/cache/fontconfig']
const etc = ['alternatives', 'fonts', 'ghostscript', 'group', 'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d']
const moreEtc = ['localtime', 'nsswitch.conf', 'papersize', 'passwd']

const root = fileURLToPath(new URL('../../..', import.meta.url))
const ownCode = ['node_modules', 'package.json', 'packages', 'services'].map((name) => path.join(root, name))

const nothing =
  'bwrap --unshare-all --die-with-parent --new-session --cap-drop ALL --proc /proc --dev /dev'.split(' ')

/** No network, no other processes, no files but programs, and those to be read only; only the host's folder can be written to. */
function bubblewrap(settings: SandboxConfig): Wrapper {
  const general = [...system, ...ofEngines, ...[...etc, ...moreEtc].map((name) => `/etc/${name}`), ...ownCode]
  const seen = [...new Set([...general, ...pathFolders(), process.execPath])].filter(existsSync)
  // Secrets and data may lie among what is seen.
  const secrets = [...keysOf(secretFileSettings), 'NATS_NKEY_FILE', 'NATS_CREDENTIALS_FILE'] as const
  const files = secrets.flatMap((name) => placesOf(settings[name], seen))
  const folders = [settings.DATA_DIR, workFolder(settings)].flatMap((folder) => placesOf(folder, seen))
  const args = [
    ...nothing,
    ...seen.flatMap((place) => ['--ro-bind', place, place]),
    ...files.flatMap((file) => ['--ro-bind', '/dev/null', file]),
    ...folders.flatMap((folder) => ['--tmpfs', folder]),
  ]
  const readOnly = ['/', '/dev', ...folders].flatMap((place) => ['--remount-ro', place])
  return (folder) => [...args, '--bind', folder, folder, ...readOnly, '--chdir', folder, '--']
}

const pathFolders = () => (process.env['PATH'] ?? '').split(':').filter((place) => path.isAbsolute(place))

/** Where something lies that must not be seen, if it lies among what is. */
function placesOf(given: string | undefined, seen: readonly string[]): string[] {
  if (given === undefined || !existsSync(given)) return []
  const place = realpathSync(given)
  return seen.some((each) => !path.relative(realpathSync(each), place).startsWith('..')) ? [place] : []
}

const programs = ['qpdf', 'gs', 'pdftoppm', 'pdftotext', 'tesseract', 'prlimit', 'setpriv']

/** Whether the program is there, and every engine that is there outside. */
const look = 'for each in "$@"; do command -v "$each" >/dev/null || exit 3; done; test -r "$0"'

/**
 * @returns why there can be no sandbox; undefined where there can
 * @throws what kept it from trying: with a full disk all would be without a sandbox for as long as the process lives
 */
async function whyNot(wrapper: Wrapper, main: string, work: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'only Linux has bubblewrap'
  await mkdir(work, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(path.join(work, 'probe-'))
  try {
    const there = programs.filter((name) => pathFolders().some((place) => existsSync(path.join(place, name))))
    const [file = '', ...args] = [...wrapper(folder), 'sh', '-c', look, main, process.execPath, ...there]
    return await failureOf(file, args, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** On the busiest machine: what is decided here holds for as long as the process lives. */
const patienceMs = 60_000

/** What a program says that has no room, which says nothing of the system. */
const ofTheMoment = /no space left|cannot allocate memory|out of memory|temporarily unavailable/i

/**
 * @returns what a program fails with; undefined where it ends well
 * @throws where that is a matter of the moment
 */
async function failureOf(file: string, args: string[], cwd: string): Promise<string | undefined> {
  const env = { PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin' }
  const bounds = { timeout: patienceMs, killSignal: 'SIGKILL', maxBuffer: 65_536 } as const
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>()
  execFile(file, args, { cwd, env, ...bounds }, (error, _said, complaint) => {
    if (!error) return resolve(undefined)
    if (error.code === 'ENOENT') return resolve('bubblewrap is not installed')
    const isOver =
      error.signal === 'SIGKILL' || ofTheMoment.test(complaint) || ofTheMoment.test(error.message)
    if (isOver) return reject(error)
    resolve(`${file}: ${complaint.trim().slice(0, 300) || error.message}`)
  })
  return promise
}
