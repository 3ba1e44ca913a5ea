import { isJobEvent, type JobEvent, type StoredEvent } from '@pdf-smaller/contracts'
import { evolve } from '@pdf-smaller/domain'
import type { Checkpoint, Poison, Recorded } from '@pdf-smaller/eventstore'
import type { Log, Metrics } from '@pdf-smaller/platform'
import type { Forecasts } from './forecasts.ts'
import { itemOf } from '../feed/item.ts'
import type { Recent } from '../feed/recent.ts'
import { openHotRows, type HotRows } from './hot-rows.ts'
import { openSaving } from './saving.ts'
import type { Table } from './table.ts'
import type { Usages } from './usage.ts'
import type { Watchers } from './watchers.ts'

type Requested = Extract<JobEvent, { type: 'pdfsmaller.job.requested.v1' }>
type Newer = Extract<StoredEvent, { type: 'newer' }>

/** The fold of the stream into rows, saved from time to time. */
export type Fold = {
  rows: Pick<HotRows, 'get'>
  position: () => number
  /** Another history, which ends at a sequence now: everything is forgotten. */
  begin: (history: string, lastSequence: number) => void
  onEvent: (recorded: Recorded<StoredEvent>) => void
  onPoison: (poison: Poison) => void
  /** Brings the tables up to date now. */
  save: () => void
  /** Everything that was there at start is folded in: from now on, changes are saved after a moment. */
  caughtUp: () => void
}

type FoldParts = {
  log: Log
  metrics: Metrics
  watchers: Watchers
  forecasts: Forecasts
  recent: Recent
  usages: Usages
}

export function openFold(
  table: Table,
  { log, metrics, forecasts, watchers, recent, usages }: FoldParts,
): Fold {
  const rows = openHotRows(table)
  const setAside = poisonKeeper(table, log, metrics)
  const passOver = openPassingOver(table, log)
  let reached: Checkpoint = table.checkpoint
  let saved = reached
  const saving = openSaving(() => {
    if (reached === saved) return
    const now = reached
    rows.save({ checkpoint: now, usages: usages.stored() })
    saved = now
    metrics.projected.set(now.sequence)
  }, log)
  const apply = openApplying(rows, setAside, { log, forecasts, watchers, usages })
  const leaveToNewer = openLeaving(rows, { forecasts, watchers })
  return {
    rows,
    position: () => reached.sequence,
    begin: (history, lastSequence) => {
      tellLoss(log, reached.sequence, lastSequence)
      rows.clear(history)
      passOver.forget()
      forecasts.forgetAll()
      saving.hurry()
      reached = { sequence: 0, history }
      saved = reached
      recent.reset()
      usages.clear()
    },
    save: saving.now,
    caughtUp: () => {
      saving.endHurry()
      complete(table, log)
      forecasts.begin()
    },
    onEvent: (recorded) => {
      const { event, sequence } = recorded
      if (isJobEvent(event)) apply(event, sequence)
      if (event.type === 'newer') {
        passOver(event.unknown, sequence)
        leaveToNewer(event)
      }
      reached = { ...reached, sequence, newest: { sequence, id: event.id } }
      saving.soon(rows.changed())
      recent.add(sequence, () => itemOf(recorded, (jobId) => rows.get(jobId)?.job.tag))
    },
    onPoison: (poison) => {
      setAside(poison)
      reached = { ...reached, sequence: poison.sequence }
      recent.add(poison.sequence, () => undefined)
    },
  }
}

function tellLoss(log: Log, had: number, lastSequence: number): void {
  if (had === 0) return
  log.warn({ had, lastSequence }, 'the event store has lost what the projection had seen; it is rebuilt')
}

/** How one event changes the rows. */
function openApplying(
  rows: HotRows,
  setAside: (poison: Poison) => void,
  { log, forecasts, usages, watchers: { tell, watched } }: Omit<FoldParts, 'metrics' | 'recent'>,
): (event: JobEvent, sequence: number) => void {
  const request = (event: Requested, sequence: number) => {
    if (isKnown(event.subject)) {
      const error = new Error('a job of this id was requested before')
      return setAside({ sequence, subject: event.subject, error, payload: JSON.stringify(event) })
    }
    const job = evolve(undefined, event, sequence)
    if (!job) return
    rows.set({ job, created: sequence, sequences: [sequence] })
    forecasts.observe(job)
    usages.change(undefined, job)
  }
  /** Ids made from the time and chance never come twice; looking each of them up would cost a tenth of a rebuild. */
  const isKnown = (jobId: string) => rows.isHot(jobId) || (isDerived(jobId) && rows.get(jobId) !== undefined)
  const apply = (event: JobEvent, sequence: number) => {
    if (event.type === 'pdfsmaller.job.requested.v1') return request(event, sequence)
    if (event.type === 'pdfsmaller.job.erased.v1') {
      forecasts.forget(event.subject)
      usages.change(rows.get(event.subject)?.job, undefined)
      return rows.remove(event.subject)
    }
    const row = rows.get(event.subject)
    const job = evolve(row?.job, event, sequence)
    if (!row || !job)
      return log.debug({ sequence, type: event.type }, 'an event of a job whose request is gone')
    usages.change(row.job, job)
    // The row is this projection's own; making it anew for each event would cost more than folding does.
    row.job = job
    row.sequences.push(sequence)
    rows.set(row)
    if (row.newer !== undefined) return
    forecasts.observe(job)
    if (watched(job.id)) tell(job.id, { kind: 'event', sequence, event, job })
  }
  return apply
}

/** Marks a job of which a newer release stored something: nobody here knows its state any more. */
function openLeaving(
  rows: HotRows,
  { forecasts, watchers: { tell } }: Pick<FoldParts, 'forecasts' | 'watchers'>,
): (event: Newer) => void {
  return ({ subject, unknown }) => {
    const row = rows.get(subject)
    if (!row || row.newer !== undefined) return
    row.newer = unknown
    rows.set(row)
    forecasts.forget(subject)
    tell(subject, { kind: 'newer' })
  }
}

/** Remembers which kinds of events were passed over: a release that can read them begins anew. */
function openPassingOver(table: Table, log: Log) {
  const kinds = new Set<string>()
  const passOver = (unknown: string, sequence: number) => {
    if (kinds.has(unknown)) return
    kinds.add(unknown)
    try {
      table.passOver(unknown, sequence)
    } catch (error) {
      log.error({ err: error, unknown }, 'it could not be noted that events were passed over')
    }
  }
  return Object.assign(passOver, { forget: () => kinds.clear() })
}

function complete(table: Table, log: Log): void {
  try {
    table.complete()
  } catch (error) {
    log.error({ err: error }, 'the projection could not be completed; it is rebuilt at the next start')
  }
}

/** Keeps what is no event where an operator can look at it, and tells of it. */
function poisonKeeper(table: Table, log: Log, metrics: Metrics) {
  return ({ sequence, subject, error, payload }: Poison) => {
    metrics.poison.inc()
    log.error({ sequence, subject, err: error }, 'a stored message that is no job event was set aside')
    try {
      table.setAside(sequence, subject, error.message, payload)
    } catch (cause) {
      log.error({ sequence, err: cause }, 'it could not be kept; it is still in the stream')
    }
  }
}

/** Ids that derive from an idempotency key are UUIDs of version 8. */
const isDerived = (jobId: string) => jobId[14] === '8'
