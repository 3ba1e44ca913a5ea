import {
  isJobEvent,
  jobAddress,
  type JobAddress,
  JobFailure,
  type JobView,
  type StoredEvent,
} from '@pdf-smaller/contracts'
import type { Endpoint } from '@pdf-smaller/endpoints'
import { type Recorded, UnreadableEvent } from '@pdf-smaller/eventstore'
import { type JobStore, loadJob } from '@pdf-smaller/platform'
import { isPicked, type Message, messageOf } from './message.ts'
import type { Parts } from './parts.ts'

/** An event as an endpoint is sent it, and where to. */
export type Addressed = { message: Message; url: string }

/**
 * What an endpoint is sent of an event; undefined where that is nothing, `newer` where only a newer release knows.
 * @param wanted somebody wants it sent, whatever the endpoint's filters say
 * @throws StoreUnavailable
 */
export async function messageFor(
  { jobs, base }: Pick<Parts, 'jobs' | 'base'>,
  endpoint: Endpoint,
  { event, sequence, subject }: Recorded<StoredEvent>,
  wanted: boolean,
): Promise<Addressed | 'newer' | undefined> {
  const address = jobAddress(subject)
  if (address?.tenant !== endpoint.tenant) return undefined
  const job = await jobOf(jobs, address)
  if (event.type === 'newer' || job === 'newer') return 'newer'
  if (!isJobEvent(event)) return undefined
  if (!wanted && !isPicked(endpoint.filter, event, job)) return undefined
  const url = endpoint.url ?? job?.webhook
  if (url === undefined) return undefined
  return { url, message: messageOf({ sequence, event }, { tenant: endpoint.tenant, job, base }) }
}

async function jobOf(jobs: JobStore, address: JobAddress): Promise<JobView | 'newer' | undefined> {
  try {
    return await loadJob(jobs, address)
  } catch (error) {
    if (error instanceof JobFailure) return 'newer'
    // What is no event belongs to no job; its event is told without it.
    if (error instanceof UnreadableEvent) return undefined
    throw error
  }
}
