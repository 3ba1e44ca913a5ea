import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { tellRows } from '../../screen/tell-rows.ts'
import { readKeys, withoutHash } from './file.ts'

export async function run({ values: { file } }: Given<{ file: string }>, session: Session): Promise<number> {
  const entries = await readKeys(file)
  tellRows(session, {
    all: entries.map(withoutHash),
    heads: ['ID', 'TENANT', 'EXPIRES', 'SCOPES'],
    row: ({ id, tenant = '', scopes = [], expiresAt = 'never' }) => [id, tenant, expiresAt, scopes.join(',')],
    word: ({ id }) => id,
    none: `${file} has no keys.`,
  })
  return exitCodes.done
}
