import {
  JobId,
  type JobAddress,
  jobAnywhere,
  JobFailure,
  jobStream,
  type JobView,
  type StoredEvent,
} from '@pdf-smaller/contracts'
import { type Recorded, UnreadableEvent } from '@pdf-smaller/eventstore'
import type { Context } from '../context.ts'

const patienceMs = 5000

type Parts = Pick<Context, 'projection' | 'store'>

/**
 * A tenant's job. One that is not known here may have been requested at another replica a moment ago, so the store is
 * asked for it and the projection waited for.
 * @throws JobFailure unknown_job, also for the jobs of others; newer_release; StoreUnavailable
 */
export async function findJob({ projection, store }: Parts, tenant: string, jobId: string): Promise<JobView> {
  const known = projected(projection, tenant, jobId)
  if (known) return known
  if (!JobId.safeParse(jobId).success) throw new JobFailure('unknown_job')
  const { revision, events } = await readable(store, jobStream(jobAnywhere(tenant, jobId)))
  await projection.reached(revision, patienceMs)
  const found = projected(projection, tenant, jobId)
  if (found) return found
  const unread = events.find(({ event }) => event.type === 'newer')
  if (unread?.event.type === 'newer') throw new JobFailure('newer_release', unread.event.unknown)
  throw new JobFailure('unknown_job')
}

/** @throws JobFailure unknown_job for the jobs of others; newer_release */
function projected(projection: Parts['projection'], tenant: string, jobId: string): JobView | undefined {
  const left = projection.leftToNewer(jobId)
  const job = left ? undefined : projection.get(jobId)
  const owner = (left ?? job)?.tenant
  if (owner !== undefined && owner !== tenant) throw new JobFailure('unknown_job')
  if (left) throw new JobFailure('newer_release', left.unknown)
  return job
}

/** What is stored of a job, without what is no event: the projection has set that aside, and told of it. */
async function readable(
  store: Parts['store'],
  stream: string,
): Promise<{ revision: number; events: Recorded<StoredEvent>[] }> {
  try {
    return await store.load(stream)
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error
    const events = await Array.fromAsync(store.scan([`${stream}.>`]))
    return { revision: events.at(-1)?.sequence ?? 0, events }
  }
}

export function addressOf({ tenant, domain, task, id }: JobView): JobAddress {
  return { tenant, domain, task, jobId: id }
}
