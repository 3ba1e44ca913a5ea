import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { accountOf, exportsOfServices, hashOf, type IntegratorAccount } from '@pdf-smaller/platform'
import { servicesAccount, storeFolder } from './disk.ts'

/** The user of the services. */
export const servicesUser = 'pdf-smaller'

const leastSecret = 32

/** Where an embedded server's configuration stands. @param folder of this system's data */
export const configFile = (folder: string) => path.join(folder, 'nats.conf')
/** The accounts of integrators; beside the rest, as it stays as it is from one start to the next. */
const accountsFile = (folder: string) => path.join(folder, 'nats-integrators.conf')
const secretFile = (folder: string) => path.join(folder, 'nats.secret')
const portFile = (folder: string) => path.join(folder, 'nats.port')

/**
 * Writes the configuration of a server on this folder. Whoever was let in before is let in again.
 * @returns the password of the services, which stands in `<folder>/nats.secret`, the same at each start
 */
export async function writeConfig(folder: string): Promise<{ password: string }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const password = await secretOf(folder)
  if (!existsSync(accountsFile(folder))) await writeAccounts(folder, [])
  await replace(configFile(folder), configuration(folder, await hashOf(password)))
  return { password }
}

/** Writes down who else is let in; the server has to be told to read it. @returns whether it was otherwise before */
export async function writeAccounts(
  folder: string,
  accounts: readonly IntegratorAccount[],
): Promise<boolean> {
  const blocks = accounts.map((account) => `${accountOf(account, servicesAccount)}\n`)
  const [file, text] = [accountsFile(folder), `# Written by PDF Smaller.\n${blocks.join('')}`]
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return false
  await replace(file, text)
  return true
}

/** The port of the last start; undefined where there was none. */
export async function lastPort(folder: string): Promise<number | undefined> {
  return Number(await readFile(portFile(folder), 'utf8').catch(() => '')) || undefined
}

export const rememberPort = (folder: string, port: number) => replace(portFile(folder), String(port))

async function secretOf(folder: string): Promise<string> {
  const there = (await readFile(secretFile(folder), 'utf8').catch(() => '')).trim()
  if (there.length >= leastSecret) return there
  const secret = randomBytes(leastSecret).toString('base64url')
  await replace(secretFile(folder), secret)
  return secret
}

/** Whole or as it was, and for nobody else to read. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

function configuration(folder: string, passwordHash: string): string {
  return `# Written by PDF Smaller at each start.
max_payload: 8MB
jetstream {
  store_dir: ${JSON.stringify(storeFolder(folder))}
  sync_interval: "1s"
  # Three quarters of what is free at its start would be its own idea, of little use on a disk that it shares.
  max_file_store: 1PB
}
accounts {
  ${servicesAccount}: {
    # The 1000 of a stream that are usual would be a bound on integrators and services together.
    jetstream: { max_consumers: 100000 }
    users: [ { user: ${JSON.stringify(servicesUser)}, password: ${JSON.stringify(passwordHash)} } ]
    ${exportsOfServices()}
  }
  include ${JSON.stringify(path.basename(accountsFile(folder)))}
}
`
}
