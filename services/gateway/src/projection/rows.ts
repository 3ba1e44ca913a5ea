import type { DatabaseSync } from 'node:sqlite'
import { JobView } from '@pdf-smaller/contracts'
import type { JobFilter, Page } from './port.ts'

/** A job with its place in the stream. */
export type Row = {
  job: JobView
  /** The sequence of its request: the order of lists. */
  created: number
  /** The sequences of all its events. */
  sequences: number[]
  /** What a newer release stored of it, as far as that is known: the job is only that of the events before. */
  newer?: string
}

export function rowOf({ newer, ...found }: Record<string, unknown>): Row {
  return {
    job: JobView.parse(JSON.parse(String(found['view']))),
    created: Number(found['created']),
    sequences: String(found['sequences']).split(',').map(Number),
    ...(typeof newer === 'string' ? { newer } : {}),
  }
}

/**
 * A page of the jobs of a tenant, the newest first, without those whose state only a newer release knows.
 * @param cursor what `nextCursor` of the page before said
 */
export function list(
  database: DatabaseSync,
  tenant: string,
  filter: JobFilter,
  limit: number,
  cursor?: number,
): Page {
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
    ['created < ?', cursor],
  ]
  const given = conditions.filter((pair): pair is [string, string | number] => pair[1] !== undefined)
  const rows = database
    .prepare(
      `SELECT created, view, sequences, newer FROM jobs WHERE newer IS NULL AND ${given.map(([sql]) => sql).join(' AND ')} ORDER BY created DESC LIMIT ?`,
    )
    .all(...given.map(([, value]) => value), limit + 1)
    .map(rowOf)
  const jobs = rows.slice(0, limit).map(({ job }) => job)
  const last = rows[limit - 1]
  return rows.length > limit && last ? { jobs, nextCursor: last.created } : { jobs }
}
