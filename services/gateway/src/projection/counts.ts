import type { Counts } from './port.ts'

type Database = {
  prepare: (sql: string) => {
    get: (...values: (string | number)[]) => Record<string, unknown> | undefined
    all: (...values: (string | number)[]) => Record<string, unknown>[]
  }
}

/** The place of the first job from a time on. */
const firstFrom = `SELECT created FROM jobs WHERE tenant = ? AND requested_at >= ? ORDER BY requested_at LIMIT 1`
/** Those that there are: from one to the next, so that only so many rows are looked at. */
const existing = (column: 'status' | 'code') => `
  WITH RECURSIVE each_one(it) AS (
    SELECT min(${column}) FROM jobs WHERE tenant = ?1 AND ${column} IS NOT NULL
    UNION ALL
    SELECT (SELECT min(${column}) FROM jobs WHERE tenant = ?1 AND ${column} > it) FROM each_one WHERE it IS NOT NULL
  ) SELECT it FROM each_one WHERE it IS NOT NULL`
const within = (column: 'status' | 'code') =>
  `SELECT count(*) AS jobs FROM jobs WHERE tenant = ? AND ${column} = ? AND created >= ? AND created < ?`

/**
 * Counts rows within indexes alone.
 * @param from inclusive, ISO time of the request
 * @param until exclusive
 */
export function countRows(database: Database, tenant: string, from: string, until: string): Counts {
  const placeFrom = (time: string) =>
    Number(database.prepare(firstFrom).get(tenant, time)?.['created'] ?? Infinity)
  const [first, end] = [placeFrom(from), Math.min(placeFrom(until), Number.MAX_SAFE_INTEGER)]
  const count = (column: 'status' | 'code') => {
    if (first >= end) return {}
    const statement = database.prepare(within(column))
    const found = database
      .prepare(existing(column))
      .all(tenant)
      .map(({ it }) => String(it))
    const counted = found.map((it) => [it, Number(statement.get(tenant, it, first, end)?.['jobs'])] as const)
    return Object.fromEntries(counted.filter(([, jobs]) => jobs > 0))
  }
  return { statuses: count('status'), codes: count('code') }
}
