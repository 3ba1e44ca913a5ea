import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * Where the project keeps the programs that it built or fetched, shared by all checkouts of the user; in the checkout
 * itself for a user without a home.
 */
export function cacheFolder(): string {
  const home = process.env['HOME']
  const shared = process.env['XDG_CACHE_HOME'] || (home && existsSync(home) ? path.join(home, '.cache') : '')
  return path.isAbsolute(shared)
    ? path.join(shared, 'pdf-smaller/bin')
    : path.resolve(import.meta.dirname, '../../.cache/bin')
}

/**
 * Has `make` fill a folder and moves one file or folder of it into the cache under `name`. The rename is atomic, so
 * that set-ups at the same time, or one that is interrupted, leave nothing half done.
 * @returns its path in the cache
 */
export async function addToCache(
  name: string,
  result: string,
  make: (folder: string) => Promise<unknown>,
): Promise<string> {
  const target = path.join(cacheFolder(), name)
  await mkdir(cacheFolder(), { recursive: true })
  const folder = await mkdtemp(`${target}-new-`)
  try {
    await make(folder)
    await rename(path.join(folder, result), target)
  } catch (error) {
    if (!existsSync(target)) throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return target
}
