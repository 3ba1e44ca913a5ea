import type { JobStore, Log, Metrics } from '@pdf-smaller/platform'
import { untilAnswered } from '@pdf-smaller/eventstore'
import type { NatsConnection } from '@nats-io/transport-node'
import { openRecent } from '../feed/recent.ts'
import { openForecasts } from './forecasts.ts'
import { type Fold, openFold } from './fold.ts'
import { followProgress } from './live-progress.ts'
import type { JobProjection } from './port.ts'
import { tellRebuild } from './rebuild.ts'
import { openTable, type Table } from './table.ts'
import { openUsages } from './usage.ts'
import { openWatchers } from './watchers.ts'

export type ProjectionOptions = {
  connection: NatsConnection
  store: JobStore
  /** The SQLite file; private to this process. */
  file: string
  log: Log
  metrics: Metrics
}

/** The tables, begun anew where they were made by a release that passed over what this one can read. */
async function openReadable(file: string, store: JobStore, log: Log): Promise<Table> {
  const table = openTable(file)
  const passedOver = await Promise.all(table.passedOver().map((sequence) => store.readAt(sequence)))
  // One that is gone tells nothing of others of its kind.
  if (passedOver.every((recorded) => recorded?.event.type === 'newer')) return table
  log.info('events that were passed over can be read by this release; the projection is rebuilt')
  table.begin('')
  table.close()
  return openTable(file)
}

/** The state of jobs, and which of them a newer release alone knows the state of. */
function readerOf(rows: Fold['rows']) {
  const jobOf = (jobId: string) => {
    const row = rows.get(jobId)
    return row?.newer === undefined ? row?.job : undefined
  }
  const leftToNewer: JobProjection['leftToNewer'] = (jobId) => {
    const row = rows.get(jobId)
    return row?.newer === undefined ? undefined : { tenant: row.job.tenant, unknown: row.newer }
  }
  return { jobOf, leftToNewer }
}

/** Jobs of before the start that forecasts go by. */
const remembered = 2000

/** What is derived from the events beside the rows. */
function openBeside(table: Table) {
  const forecasts = openForecasts()
  for (const job of table.newest(remembered)) forecasts.observe(job)
  const usages = openUsages(table.usages)
  return { watchers: openWatchers(), forecasts, usages, recent: openRecent(table.checkpoint.sequence) }
}

/** What the tables are asked, with all that was folded in them. */
function askedOf(table: Table, { save }: Fold): Pick<JobProjection, 'list' | 'counts'> {
  return {
    list: (...asked) => {
      save()
      return table.list(...asked)
    },
    counts: (...asked) => {
      save()
      return table.counts(...asked)
    },
  }
}

/** Opens the projection and lets it follow the stream from where it stands. */
export async function openProjection(options: ProjectionOptions): Promise<JobProjection> {
  const { connection, store, file, log, metrics } = options
  const target = await untilAnswered(() => store.lastSequence())
  const table = await openReadable(file, store, log)
  const beside = openBeside(table)
  const { watchers, forecasts, usages, recent } = beside
  const fold = openFold(table, { log, metrics, ...beside })
  const { jobOf, leftToNewer } = readerOf(fold.rows)
  const progress = followProgress(connection, jobOf, (jobId, news) => {
    forecasts.observeProgress(news.job)
    watchers.tell(jobId, news)
    recent.tellProgress(news)
  })
  let rebuild = tellRebuild(log, { from: fold.position(), target, position: fold.position })
  const following = store.project(table.checkpoint, {
    filters: ['pdf.>'],
    onBegin: (history, lastSequence) => {
      fold.begin(history, lastSequence)
      rebuild.cancel()
      rebuild = tellRebuild(log, { from: 0, target: lastSequence, position: fold.position })
    },
    onEvent: fold.onEvent,
    onPoison: fold.onPoison,
    onCaughtUp: () => {
      if (!rebuild.ended()) fold.caughtUp()
      rebuild.end()
    },
    onInterruption: (error) => log.warn({ err: error }, 'the projection cannot read events; it tries again'),
  })
  return {
    get: (jobId) => {
      const job = jobOf(jobId)
      const told = job && progress.of(job)
      return told ? { ...job, progress: told } : job
    },
    leftToNewer,
    forecast: forecasts.of,
    forecastErrors: forecasts.errors,
    ...askedOf(table, fold),
    tenants: usages.tenants,
    sequences: (jobId) => [...(fold.rows.get(jobId)?.sequences ?? [])],
    position: fold.position,
    caughtUp: () => rebuild.ended(),
    reached: following.reached,
    watch: watchers.add,
    recent,
    usage: usages.of,
    close: async () => {
      following.stop()
      rebuild.cancel()
      progress.close()
      fold.save()
      table.close()
    },
  }
}
