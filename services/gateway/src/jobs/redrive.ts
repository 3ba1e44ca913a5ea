import { JobFailure, type JobView } from '@pdf-smaller/contracts'
import type { Redrive } from '@pdf-smaller/contracts/http'
import { derivedId } from '@pdf-smaller/platform'
import { assertMayRun, type Caller } from '../access/caller.ts'
import type { Context } from '../context.ts'
import { openSubmission } from '../intake/submission.ts'
import type { JobFilter } from '../projection/port.ts'
import { acceptJobs } from './accept.ts'
import { again } from './again.ts'
import { readCursor, writeCursor } from './cursor.ts'

type Entry = Redrive['jobs'][number]

export type RedriveOptions = {
  filter: Omit<JobFilter, 'status'>
  limit: number
  /** Where the request before has ended. */
  cursor: string | undefined
  dryRun: boolean
  traceparent: string
}

/**
 * Runs failed jobs again, each once however often it is asked for: the id of the new job derives from the failed one's.
 * @throws JobFailure starting_up; StoreUnavailable, StoreFull, ObjectStoreError when not even the first could be run; later ones are left over
 */
export async function redriveFailed(
  context: Context,
  caller: Caller,
  { filter, limit, cursor, dryRun, traceparent }: RedriveOptions,
): Promise<Redrive> {
  // Of jobs that it has yet to learn of it would say that there are none.
  if (!context.projection.caughtUp()) throw new JobFailure('starting_up', 'not all jobs are known here yet')
  const { jobs: failed, nextCursor } = context.projection.list(
    caller.tenant,
    { ...filter, status: 'failed' },
    limit,
    cursor === undefined ? undefined : readCursor(cursor),
  )
  const jobs: Entry[] = []
  let next = nextCursor
  for (const job of failed) {
    try {
      const outcome =
        obstacle(context, caller, job) ?? (dryRun ? {} : await retried(context, caller, job, traceparent))
      jobs.push(entryOf(job, outcome))
    } catch (error) {
      const last = jobs.at(-1)
      if (!last) throw error
      // What was done is told; the rest is for the next request, which throws if it comes no further.
      context.log.warn({ err: error, jobId: job.id }, 'a redrive was broken off')
      next = context.projection.sequences(last.id)[0]
      break
    }
  }
  const skipped = jobs.filter((entry) => entry.skipped !== undefined).length
  const told = { dryRun, retried: jobs.length - skipped, skipped, jobs }
  return next === undefined
    ? { ...told, more: false }
    : { ...told, more: true, nextCursor: writeCursor(next) }
}

const entryOf = (job: JobView, outcome: Outcome): Entry => ({
  id: job.id,
  task: job.task,
  requestedAt: job.requestedAt,
  ...(job.failure ? { code: job.failure.code } : {}),
  ...(job.finishedAt ? { failedAt: job.finishedAt } : {}),
  ...outcome,
})

type Outcome = Pick<Entry, 'retriedAs' | 'skipped'>

const redrivenId = ({ tenant, id }: JobView) => derivedId(tenant, 'redrive', id)

function obstacle({ projection, tasks }: Context, caller: Caller, job: JobView): Outcome | undefined {
  const retriedAs = redrivenId(job)
  if (projection.get(retriedAs)) return { skipped: 'retried before', retriedAs }
  if (job.expired) return { skipped: 'files are gone' }
  try {
    const task = tasks.get(job.task)
    if (task) assertMayRun(caller, task)
    return undefined
  } catch (error) {
    if (error instanceof JobFailure) return { skipped: 'not allowed' }
    throw error
  }
}

async function retried(
  context: Context,
  caller: Caller,
  job: JobView,
  traceparent: string,
): Promise<Outcome> {
  const retriedAs = redrivenId(job)
  const submission = openSubmission(context, caller.tenant, retriedAs)
  try {
    const data = await again(context, caller, job, submission)
    const { repeated } = await acceptJobs(context, [{ data, submission }], { traceparent, unique: true })
    return repeated ? { skipped: 'retried before', retriedAs } : { retriedAs }
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error
    if (error.code === 'file_expired') return { skipped: 'files are gone' }
    // Somebody else has asked for it at the same time, or a newer release has stored something of it since.
    if (error.code === 'idempotency_conflict' || error.code === 'newer_release')
      return { skipped: 'retried before', retriedAs }
    throw error
  }
}
