import { existsSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from './cache.ts'
import { goInstall } from './go.ts'

const version = '0.5.0'
const name = `nats-${version}`

/**
 * The path of the command line of NATS, with which people look into servers; builds it with Go where it is not there, which
 * takes two minutes of processor time.
 * @throws Error where that fails
 */
export async function provideNatsCli(): Promise<string> {
  const built = path.join(cacheFolder(), name)
  return existsSync(built)
    ? built
    : goInstall(`github.com/nats-io/natscli/nats@v${version}`, name, 'two minutes')
}
