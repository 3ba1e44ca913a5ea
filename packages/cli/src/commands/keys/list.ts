import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { table } from '../../screen/table.ts'
import { readKeys } from './file.ts'

export async function run({ values: { file } }: Given<{ file: string }>, session: Session): Promise<number> {
  const entries = await readKeys(file)
  const { json, quiet, tell, paint, results, print, note } = session
  if (json || quiet) {
    for (const { sha256: _, ...entry } of entries) tell({ json: entry, lines: () => [], word: entry.id })
    return exitCodes.done
  }
  if (entries.length === 0) note(`${file} has no keys.`)
  const rows = entries.map(({ id, tenant = '', scopes = [], expiresAt = 'never' }) => [
    id,
    tenant,
    expiresAt,
    scopes.join(','),
  ])
  const heads = ['ID', 'TENANT', 'EXPIRES', 'SCOPES']
  if (rows.length > 0) for (const line of table({ heads, rows, columns: results.columns, paint })) print(line)
  return exitCodes.done
}
