import { existsSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from './cache.ts'
import { goInstall } from './go.ts'

/** What it calls a break differs from version to version. */
const version = '1.37.0'
const name = `oasdiff-${version}`

/** The oasdiff that the set-up has built; undefined where it has not. */
export function findOasdiff(): string | undefined {
  const built = path.join(cacheFolder(), name)
  return existsSync(built) ? built : undefined
}

/**
 * The path of oasdiff; builds it with Go where it is not there.
 * @throws Error where that fails
 */
export async function provideOasdiff(): Promise<string> {
  return (
    findOasdiff() ?? (await goInstall(`github.com/oasdiff/oasdiff@v${version}`, name, 'about half a minute'))
  )
}
