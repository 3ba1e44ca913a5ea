import type { DatabaseSync } from 'node:sqlite'
import type { JobFilter } from './port.ts'

/** Rows of a page in their order; the cursor is the place of the last one, where there are more. */
type Rows = { rows: Record<string, unknown>[]; nextCursor?: number }

/**
 * A page of the jobs of a tenant: the newest first, those that a person has corrected the oldest first. Those whose state
 * only a newer release knows are left out.
 */
export function listRows(
  database: DatabaseSync,
  tenant: string,
  filter: JobFilter,
  limit: number,
  cursor?: number,
): Rows {
  const [beyond, order] = filter.corrected ? ['>', 'ASC'] : ['<', 'DESC']
  const conditions: [string, string | number | undefined][] = [
    ['tenant = ?', tenant],
    ['status = ?', filter.status],
    ['task = ?', filter.task],
    ['tag = ?', filter.tag],
    ['batch = ?', filter.batchId],
    ['replays = ?', filter.replayOf],
    ['corrections > ?', filter.corrected && 0],
    ["view ->> '$.failure.code' = ?", filter.code],
    ['requested_at >= ?', filter.requestedAfter],
    ['requested_at < ?', filter.requestedBefore],
    [`created ${beyond} ?`, cursor],
  ]
  const given = conditions.filter((pair): pair is [string, string | number] => pair[1] !== undefined)
  const rows = database
    .prepare(
      `SELECT created, view, sequences FROM jobs WHERE newer IS NULL AND ${given.map(([sql]) => sql).join(' AND ')} ORDER BY created ${order} LIMIT ?`,
    )
    .all(...given.map(([, value]) => value), limit + 1)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return rows.length > limit && last ? { rows: shown, nextCursor: Number(last['created']) } : { rows: shown }
}
