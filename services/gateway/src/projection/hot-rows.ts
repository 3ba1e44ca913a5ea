import type { Row, Table } from './table.ts'

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
  save: (position: number) => void
}

/** Rows kept beyond those that wait to be saved; about 2 kB each. */
const kept = 4000

export function openHotRows(table: Table): HotRows {
  const rows = new Map<string, Row>()
  const changed = new Map<string, Row>()

  const keep = (row: Row) => {
    rows.set(row.job.id, row)
    if (rows.size <= kept + changed.size) return
    const oldest = rows.keys().next().value
    if (oldest !== undefined && !changed.has(oldest)) rows.delete(oldest)
  }
  return {
    get: (jobId) => {
      const hot = rows.get(jobId)
      if (hot) return hot
      const cold = table.row(jobId)
      if (cold) keep(cold)
      return cold
    },
    isHot: (jobId) => rows.has(jobId),
    set: (row) => {
      changed.set(row.job.id, row)
      keep(row)
    },
    remove: (jobId) => {
      rows.delete(jobId)
      changed.delete(jobId)
      table.remove(jobId)
    },
    changed: () => changed.size,
    save: (position) => {
      table.save(changed.values(), position)
      changed.clear()
      for (const jobId of rows.keys()) {
        if (rows.size <= kept) return
        rows.delete(jobId)
      }
    },
  }
}
