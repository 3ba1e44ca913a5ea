import type { JobFilter } from './port.ts'

type Database = {
  prepare: (sql: string) => { all: (...values: (string | number)[]) => Record<string, unknown>[] }
}

/** Rows of a page in their order; the cursor is the place of the last one, where there are more. */
type Rows = { rows: Record<string, unknown>[]; nextCursor?: number }

/** Jobs whose requests were stored in another order than that of their times, by as many as gateways take in while their clocks differ. */
const mostOutOfOrder = 10_000
/** Where the jobs of a time stand, so that a list of long ago does not begin with the newest. */
const notBehind = `created <= (SELECT max(created) FROM
  (SELECT created FROM jobs WHERE tenant = ? AND requested_at < ? ORDER BY requested_at DESC LIMIT ${mostOutOfOrder}))`
const notBefore = `created >= (SELECT min(created) FROM
  (SELECT created FROM jobs WHERE tenant = ? AND requested_at >= ? ORDER BY requested_at LIMIT ${mostOutOfOrder}))`

/**
 * A page of the jobs of a tenant: the newest first, those that a person has corrected the oldest first. Those whose state
 * only a newer release knows are left out.
 */
export function listRows(
  database: Database,
  tenant: string,
  filter: JobFilter,
  limit: number,
  cursor?: number,
): Rows {
  const [beyond, order] = filter.corrected ? ['>', 'ASC'] : ['<', 'DESC']
  const { requestedAfter: from, requestedBefore: until } = filter
  const conditions: [string, ...(string | number | undefined)[]][] = [
    ['tenant = ?', tenant],
    ['status = ?', filter.status],
    ['task = ?', filter.task],
    ['tag = ?', filter.tag],
    ['batch = ?', filter.batchId],
    ['replays = ?', filter.replayOf],
    ['corrections > ?', filter.corrected && 0],
    ['code = ?', filter.code],
    [notBefore, tenant, from],
    [notBehind, tenant, until],
    // The order of the rows is that of their places: their index is not to be used here.
    ['+requested_at >= ?', from],
    ['+requested_at < ?', until],
    [`created ${beyond} ?`, cursor],
  ]
  const given = conditions.filter(([, ...values]) => !values.includes(undefined))
  const values = given.flatMap(([, ...values]) => values.filter((value) => value !== undefined))
  const where = given.map(([sql]) => sql).join(' AND ')
  const rows = database
    .prepare(
      `SELECT created, view, sequences FROM jobs WHERE newer IS NULL AND ${where} ORDER BY created ${order} LIMIT ?`,
    )
    .all(...values, limit + 1)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return rows.length > limit && last ? { rows: shown, nextCursor: Number(last['created']) } : { rows: shown }
}
