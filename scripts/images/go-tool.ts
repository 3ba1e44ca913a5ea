import { existsSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from '../provision/cache.ts'
import { goInstall } from '../provision/go.ts'

/** A program that is built with Go where it is not in the cache. @param name with its version @param hint how long it takes */
export async function goTool(module: string, name: string, hint: string): Promise<string> {
  const built = path.join(cacheFolder(), name)
  return existsSync(built) ? built : goInstall(module, name, hint)
}
