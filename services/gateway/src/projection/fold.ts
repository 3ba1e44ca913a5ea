import type { JobEvent, StoredEvent } from '@pdf-smaller/contracts'
import { evolve } from '@pdf-smaller/domain'
import type { Poison, Recorded } from '@pdf-smaller/eventstore'
import type { Log, Metrics } from '@pdf-smaller/platform'
import { openHotRows, type HotRows } from './hot-rows.ts'
import type { Table } from './table.ts'
import type { Watchers } from './watchers.ts'

/** The fold of the stream into rows, saved from time to time. */
export type Fold = {
  rows: Pick<HotRows, 'get'>
  position: () => number
  onEvent: (recorded: Recorded<StoredEvent>) => void
  onPoison: (poison: Poison) => void
  /** Brings the tables up to date now. */
  save: () => void
  /** Everything that was there at start is folded in: from now on, changes are saved after a moment. */
  caughtUp: () => void
}

/** Long enough for the few events of a quick job to be saved as one row. */
const saveEveryMs = 100
/** Rows saved in one transaction while the projection is rebuilt. */
const largestSave = 5000

export function openFold(
  table: Table,
  { log, metrics, watchers: { tell, watched } }: { log: Log; metrics: Metrics; watchers: Watchers },
): Fold {
  const rows = openHotRows(table)
  let saved = table.position
  let position = table.position
  let timer: NodeJS.Timeout | undefined
  /** While it catches up, only full transactions are saved. */
  let hurried = true

  const save = () => {
    clearTimeout(timer)
    timer = undefined
    if (position === saved) return
    rows.save(position)
    saved = position
    metrics.projected.set(position)
  }
  const apply = (event: JobEvent, sequence: number) => {
    const before = event.type === 'pdfsmaller.job.requested.v1' ? undefined : rows.get(event.subject)
    const job = evolve(before?.job, event, sequence)
    if (!job) return log.debug({ sequence, type: event.type }, 'an event of a job whose request is gone')
    if (before) {
      // The row is this projection's own; making it anew for each event would cost more than folding does.
      before.job = job
      before.sequences.push(sequence)
    }
    rows.set(before ?? { job, created: sequence, sequences: [sequence] })
    if (watched(job.id)) tell(job.id, { kind: 'event', sequence, event, job })
  }
  return {
    rows,
    position: () => position,
    save,
    caughtUp: () => {
      hurried = false
      save()
    },
    onEvent: ({ event, sequence }) => {
      if (event.type !== 'pdfsmaller.upload.abandoned.v1') apply(event, sequence)
      position = sequence
      if (rows.changed() >= largestSave) save()
      else if (!hurried) timer ??= setTimeout(save, saveEveryMs)
    },
    onPoison: ({ sequence, subject, error, payload }) => {
      metrics.poison.inc()
      log.error({ sequence, subject, err: error }, 'a stored message that is no job event was set aside')
      table.setAside(sequence, subject, error.message, payload)
      position = sequence
    },
  }
}
