import { createHash, randomBytes } from 'node:crypto'
import { Tenant, Token } from '@pdf-smaller/contracts'
import type { Given } from '../../program/command.ts'
import { exitCodes, UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { changeKeys } from './file.ts'

type Values = { tenant: string; scopes: string[]; id: string | undefined; file: string | undefined }

/** Makes an API key: 32 random bytes, of which only the SHA-256 is kept. */
export async function run({ values }: Given<Values>, session: Session): Promise<number> {
  const { file } = values
  const tenant = Tenant.safeParse(values.tenant)
  if (!tenant.success)
    throw new UsageError('--tenant names whom the key belongs to: letters, digits, - and _')
  const id = Token.safeParse(values.id ?? `key-${randomBytes(4).toString('hex')}`)
  if (!id.success) throw new UsageError('--id takes letters, digits, - and _')
  const key = `pdfs_${randomBytes(32).toString('base64url')}`
  const sha256 = createHash('sha256').update(key).digest('hex')
  const scopes = values.scopes.length > 0 ? values.scopes : ['submit', 'read']
  const entry = { id: id.data, tenant: tenant.data, sha256, scopes }
  if (file !== undefined)
    await changeKeys(file, (entries) => {
      if (entries.some((each) => each.id === entry.id))
        throw new UsageError(`${file} has a key ${entry.id} already`)
      return [...entries, entry]
    })
  session.tell({ json: { key, entry }, lines: () => keyLines(key, entry, file), word: key })
  return exitCodes.done
}

const keyLines = (key: string, entry: { id: string }, file: string | undefined) => [
  file ? `Added ${entry.id} to ${file}` : `Add to the file of keys:\n${JSON.stringify(entry)}`,
  '',
  'The key, shown only now:',
  key,
]
