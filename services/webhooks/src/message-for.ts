import { isJobEvent, jobAddress, JobFailure, type StoredEvent } from '@pdf-smaller/contracts'
import type { Endpoint } from '@pdf-smaller/endpoints'
import type { Recorded } from '@pdf-smaller/eventstore'
import { loadJob } from '@pdf-smaller/platform'
import { isPicked, type Message, messageOf } from './message.ts'
import type { Parts } from './parts.ts'

/** An event as an endpoint is sent it, and where to. */
export type Addressed = { message: Message; url: string }

/**
 * What an endpoint is sent of an event; undefined where that is nothing.
 * @param wanted somebody wants it sent, whatever the endpoint's filters say
 * @throws StoreUnavailable
 */
export async function messageFor(
  { jobs, base }: Pick<Parts, 'jobs' | 'base'>,
  endpoint: Endpoint,
  { event, sequence, subject }: Recorded<StoredEvent>,
  wanted: boolean,
): Promise<Addressed | undefined> {
  const address = jobAddress(subject)
  if (!isJobEvent(event) || address?.tenant !== endpoint.tenant) return undefined
  const job = await loadJob(jobs, address).catch((error: unknown) => {
    // What a newer release has stored of the job is not told by this one; that there was an event, is.
    if (error instanceof JobFailure) return undefined
    throw error
  })
  if (!wanted && !isPicked(endpoint.filter, event, job)) return undefined
  const url = endpoint.url ?? job?.webhook
  if (url === undefined) return undefined
  return { url, message: messageOf({ sequence, event }, { tenant: endpoint.tenant, job, base }) }
}
