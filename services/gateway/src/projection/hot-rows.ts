import type { Reached, Row, Table } from './table.ts'

/**
 * The rows that came last, in memory. Changes are visible here at once and reach the tables later,
 * many in one transaction; a crash in between only means that their events are read again.
 */
export type HotRows = {
  get: (jobId: string) => Row | undefined
  isHot: (jobId: string) => boolean
  set: (row: Row) => void
  /** Forgets a row, here and in the tables. */
  remove: (jobId: string) => void
  /** How many rows wait to be saved. */
  changed: () => number
  save: (reached: Reached) => void
  /** Forgets all rows, here and in the tables. */
  clear: (history: string) => void
}

/** Rows kept beyond those that wait to be saved; about 2 kB each. */
const kept = 4000

export function openHotRows(table: Table): HotRows {
  const rows = new Map<string, Row>()
  const changed = new Map<string, Row>()
  const removed = new Set<string>()

  const keep = (row: Row) => {
    rows.set(row.job.id, row)
    if (rows.size <= kept + changed.size) return
    const oldest = rows.keys().next().value
    if (oldest !== undefined && !changed.has(oldest)) rows.delete(oldest)
  }
  return {
    get: (jobId) => {
      const hot = rows.get(jobId)
      if (hot || removed.has(jobId)) return hot
      const cold = table.row(jobId)
      if (cold) keep(cold)
      return cold
    },
    isHot: (jobId) => rows.has(jobId),
    set: (row) => {
      changed.set(row.job.id, row)
      removed.delete(row.job.id)
      keep(row)
    },
    remove: (jobId) => {
      rows.delete(jobId)
      changed.delete(jobId)
      removed.add(jobId)
    },
    changed: () => changed.size + removed.size,
    save: (reached) => {
      table.save({ rows: changed.values(), removed }, reached)
      changed.clear()
      removed.clear()
      for (const jobId of rows.keys()) {
        if (rows.size <= kept) return
        rows.delete(jobId)
      }
    },
    clear: (history) => {
      for (const each of [rows, changed, removed]) each.clear()
      table.begin(history)
    },
  }
}
