import { createHash, randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { Tenant, Token } from '@pdf-smaller/contracts'
import { z } from 'zod'
import { exitCodes, UsageError } from '../exit.ts'
import { readFlags } from '../flags.ts'
import type { Command } from '../session.ts'

const Scopes = z.array(z.enum(['submit', 'read', 'admin'])).min(1)
const Entries = z.array(z.looseObject({ id: z.string() }))

const flags = {
  tenant: { type: 'string' },
  scopes: { type: 'string', default: 'submit,read' },
  id: { type: 'string' },
  file: { type: 'string' },
} as const

const help = `Usage: pdf-smaller keys create --tenant T [--scopes submit,read,admin] [--id NAME] [--file KEYS.json]

Makes an API key. The key is printed once and kept nowhere; the file of keys holds its hash. With --file the hash is
added to that file, which a running gateway reads again.`

/** Makes an API key: 32 random bytes, of which only the SHA-256 is kept. */
export const keys: Command = async (args, { print }) => {
  const { values, positionals } = readFlags('keys', args, flags)
  if (values.help) {
    print(help)
    return exitCodes.done
  }
  if (positionals.join(' ') !== 'create') throw new UsageError('the only command for keys is: keys create')
  const tenant = Tenant.safeParse(values.tenant)
  if (!tenant.success)
    throw new UsageError('--tenant names whom the key belongs to: letters, digits, - and _')
  const scopes = Scopes.safeParse(values.scopes.split(','))
  if (!scopes.success) throw new UsageError('--scopes takes submit, read and admin, separated by commas')
  const id = Token.safeParse(values.id ?? `key-${randomBytes(4).toString('hex')}`)
  if (!id.success) throw new UsageError('--id takes letters, digits, - and _')
  const key = `pdfs_${randomBytes(32).toString('base64url')}`
  const sha256 = createHash('sha256').update(key).digest('hex')
  const entry = { id: id.data, tenant: tenant.data, sha256, scopes: scopes.data }
  if (values.file) await addEntry(values.file, entry)
  print(values.file ? `Added to ${values.file}` : `Add to the file of keys:\n${JSON.stringify(entry)}`)
  print(`\nThe key, shown only now:\n${key}`)
  return exitCodes.done
}

/** Adds a key to a file, which is either the old one or the new one at any time. */
async function addEntry(file: string, entry: { id: string }): Promise<void> {
  const beside = `${file}.new`
  // Whoever has made it may write; two commands at once would lose one key.
  const next = await open(beside, 'wx', 0o600).catch((error: unknown) => {
    throw new UsageError(`${beside} cannot be written: ${String(error)}`, { cause: error })
  })
  try {
    const entries = await entriesIn(file)
    if (entries.some(({ id }) => id === entry.id))
      throw new UsageError(`${file} has a key ${entry.id} already`)
    await next.writeFile(`${JSON.stringify([...entries, entry], undefined, 2)}\n`)
    await next.sync()
    await next.close()
    await rename(beside, file)
  } catch (error) {
    await next.close()
    await rm(beside, { force: true })
    throw error
  }
}

async function entriesIn(file: string): Promise<z.infer<typeof Entries>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '[]'
    throw error
  })
  try {
    return Entries.parse(JSON.parse(text))
  } catch (cause) {
    throw new UsageError(`${file} is not a list of API keys`, { cause })
  }
}
