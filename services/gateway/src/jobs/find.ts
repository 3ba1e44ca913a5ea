import {
  JobId,
  type JobAddress,
  jobAnywhere,
  JobFailure,
  jobStream,
  type JobView,
} from '@pdf-smaller/contracts'
import type { Context } from '../context.ts'

const patienceMs = 5000

/**
 * A tenant's job. One that is not known here may have been requested at another replica a moment ago, so the store is
 * asked for it and the projection waited for.
 * @throws JobFailure unknown_job, also for the jobs of others; newer_release; StoreUnavailable
 */
export async function findJob(
  { projection, store }: Pick<Context, 'projection' | 'store'>,
  tenant: string,
  jobId: string,
): Promise<JobView> {
  const known = projection.get(jobId)
  if (known) return ownJob(known, tenant)
  if (!JobId.safeParse(jobId).success) throw new JobFailure('unknown_job')
  const { revision, events } = await store.load(jobStream(jobAnywhere(tenant, jobId)))
  await projection.reached(revision, patienceMs)
  const found = projection.get(jobId)
  const unread = events.find(({ event }) => event.type === 'newer')
  if (!found && unread?.event.type === 'newer') throw new JobFailure('newer_release', unread.event.unknown)
  return ownJob(found, tenant)
}

function ownJob(job: JobView | undefined, tenant: string): JobView {
  if (job?.tenant !== tenant) throw new JobFailure('unknown_job')
  return job
}

export function addressOf({ tenant, domain, task, id }: JobView): JobAddress {
  return { tenant, domain, task, jobId: id }
}
