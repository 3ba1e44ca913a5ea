import { createHash, randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { Tenant, Token } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { Arguments } from '../arguments.ts'
import { exitCodes, UsageError } from '../usage.ts'

const Scopes = z.array(z.enum(['submit', 'read', 'admin'])).min(1)

/**
 * Makes an API key. The key itself is printed once and kept nowhere; its hash goes into the file of keys.
 */
export async function createKey({ rest, flags }: Arguments): Promise<number> {
  if (rest[0] !== 'create') throw new UsageError('the only command for keys is: keys create')
  const tenant = Tenant.safeParse(flags.get('tenant'))
  if (!tenant.success)
    throw new UsageError('--tenant names whom the key belongs to: letters, digits, - and _')
  const scopes = Scopes.safeParse((flags.get('scopes') ?? 'submit,read').split(','))
  if (!scopes.success) throw new UsageError('--scopes takes submit, read and admin, separated by commas')
  const id = Token.safeParse(flags.get('id') ?? `key-${randomBytes(4).toString('hex')}`)
  if (!id.success) throw new UsageError('--id takes letters, digits, - and _')
  const key = `pdfs_${randomBytes(32).toString('base64url')}`
  const sha256 = createHash('sha256').update(key).digest('hex')
  const entry = { id: id.data, tenant: tenant.data, sha256, scopes: scopes.data }
  const file = flags.get('file')
  if (file) await addEntry(file, entry)
  process.stdout.write(
    `${file ? `Added to ${file}` : `Add to the file of keys:\n${JSON.stringify(entry)}`}\n\nThe key, shown only now:\n${key}\n`,
  )
  return exitCodes.done
}

async function addEntry(file: string, entry: { id: string }): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '[]')
  const entries = z.array(z.looseObject({ id: z.string() })).parse(JSON.parse(text))
  if (entries.some(({ id }) => id === entry.id)) throw new UsageError(`${file} has a key ${entry.id} already`)
  await writeFile(`${file}.new`, `${JSON.stringify([...entries, entry], undefined, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
