import {
  type JobRequestedData,
  jobAnywhere,
  JobFailure,
  jobStream,
  type JobView,
  type StoredEvent,
} from '@pdf-smaller/contracts'
import { decide, evolve } from '@pdf-smaller/domain'
import { Conflict, largestAppend, type NewEntry, StoreUnavailable } from '@pdf-smaller/eventstore'
import { type Author, entriesOf, loadJob, sending, traceId } from '@pdf-smaller/platform'
import { type Context, source } from '../context.ts'
import { fingerprintOf } from '../intake/fingerprint.ts'
import { refuseWhenFull } from '../intake/room.ts'
import type { Submission } from '../intake/submission.ts'
import { seen } from './seen.ts'

/** A job that is asked for, its files stored. */
export type Asked = { data: JobRequestedData; submission: Submission }

export type Acceptance = {
  jobs: JobView[]
  /** Whether an earlier request under the same idempotency key had asked for them. */
  repeated: boolean
}

/**
 * Stores the requests of all jobs or of none. When it fails, what the submissions stored is deleted.
 * @param unique refuses a second request for the same ids whatever its task: they derive from an idempotency key
 * @throws JobFailure tenant_busy, tenant_full, idempotency_conflict; StoreUnavailable, StoreFull
 */
export async function acceptJobs(
  context: Context,
  given: readonly Asked[],
  { traceparent, unique }: { traceparent: string; unique: boolean },
): Promise<Acceptance> {
  const asked = unique ? withFingerprint(given) : given
  let giveBack = () => {}
  try {
    giveBack = takeRoom(context, asked)
    await refuseWhenFull(context.store)
    const jobs = await requestJobs(context, asked, traceparent, unique)
    for (const { id, task, inputs } of jobs) {
      context.log.info(
        { jobId: id, task, files: inputs.length, traceId: traceId(traceparent) },
        'job requested',
      )
    }
    return { jobs, repeated: false }
  } catch (error) {
    // The jobs may have been stored all the same, so their files have to stay; else their switches go off.
    if (error instanceof StoreUnavailable) throw error
    await Promise.all(asked.map(({ submission }) => submission.abandon()))
    if (error instanceof Conflict && unique)
      return { jobs: await earlierJobs(context, asked), repeated: true }
    throw error
  } finally {
    giveBack()
  }
}

/** Sets room aside for jobs, which are all of one tenant. */
function takeRoom({ limits }: Context, asked: readonly Asked[]): () => void {
  const [first] = asked
  const files = asked.flatMap(({ data }) => data.inputs)
  const load = { jobs: asked.length, bytes: files.reduce((sum, { size }) => sum + size, 0) }
  return first ? limits.take(first.data.tenant, load) : () => {}
}

/** Every job carries the fingerprint of all, so that another batch under the same key is told from this one. */
function withFingerprint(asked: readonly Asked[]): Asked[] {
  const fingerprint = fingerprintOf(asked.map(({ data }) => data))
  return asked.map(({ data, submission }) => ({ data: { ...data, fingerprint }, submission }))
}

async function requestJobs(
  context: Context,
  asked: readonly Asked[],
  traceparent: string,
  unique: boolean,
): Promise<JobView[]> {
  const links = asked.flatMap(({ data }) => traceOfEarlier(context, data))
  const of = asked.map(({ data, submission }) => ({ ...data, jobId: submission.jobId }))
  const jobs = await sending({ traceparent, of, links }, (sent = traceparent) =>
    storeRequests(context, asked, sent, unique),
  )
  return seenJobs(context, jobs, Math.max(...jobs.map(({ revision }) => revision)))
}

/** A job that does again what another one did is linked to the request of that. */
function traceOfEarlier({ projection }: Context, { retryOf, replayOf }: JobRequestedData): string[] {
  const earlier = retryOf ?? replayOf
  const traceparent = earlier === undefined ? undefined : projection.get(earlier)?.traceparent
  return traceparent === undefined ? [] : [traceparent]
}

/** @returns the jobs as they stand in the store */
async function storeRequests(
  { store }: Context,
  asked: readonly Asked[],
  traceparent: string,
  unique: boolean,
): Promise<JobView[]> {
  const requests = asked.map((one) => requestOf(one, traceparent, unique))
  const entries = requests.flatMap(({ entries }) => entries)
  if (entries.length > largestAppend)
    throw new JobFailure(
      'invalid_request',
      `a batch holds up to ${largestAppend} jobs, half as many with a start time`,
    )
  const sequences = await store.append(entries)
  const sequenceOf = new Map(entries.map(({ event }, i) => [event.id, sequences[i]]))
  return requests.flatMap(({ event }) => evolve(undefined, event, sequenceOf.get(event.id) ?? 0) ?? [])
}

function requestOf({ data, submission }: Asked, traceparent: string, unique: boolean) {
  const { jobId } = submission
  const decision = decide({ type: 'Request', data }, undefined)
  if (decision.kind === 'nothing') throw new Error('a job that is not there cannot refuse its request')
  const author: Author = { source, traceparent, correlationId: data.batchId ?? data.retryOf ?? data.replayOf }
  const address = { ...data, jobId }
  const { entries, event } = entriesOf(decision, address, 0, author, submission.schedule())
  const [own, ...rest] = entries
  if (!unique || !own) return { entries, event }
  const expectedIn = jobStream(jobAnywhere(data.tenant, jobId))
  return { entries: [{ ...own, expectedIn }, ...rest] satisfies NewEntry<StoredEvent>[], event }
}

/** The jobs as the projection has them, so that the next request finds them. */
async function seenJobs({ projection }: Context, jobs: JobView[], sequence: number): Promise<JobView[]> {
  await seen(projection, sequence)
  return jobs.map((job) => projection.get(job.id) ?? job)
}

async function earlierJobs(context: Context, asked: readonly Asked[]): Promise<JobView[]> {
  const jobs: JobView[] = []
  for (const { data, submission } of asked) {
    const job = await loadJob(context.store, jobAnywhere(data.tenant, submission.jobId))
    if (!job || job.fingerprint !== data.fingerprint) throw new JobFailure('idempotency_conflict')
    jobs.push(job)
  }
  return seenJobs(context, jobs, Math.max(...jobs.map(({ revision }) => revision)))
}
