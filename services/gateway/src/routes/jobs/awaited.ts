import type { JobView } from '@pdf-smaller/contracts'
import type { ServerResponse } from 'node:http'
import type { Context } from '../../context.ts'
import { leaving } from '../../http/leaving.ts'
import { preferredWait } from '../../http/prefer.ts'
import { waitForOutcome } from '../../jobs/wait.ts'

type Awaited = { job: JobView; hasWaited: boolean; headers: Record<string, string> }

/**
 * A job as soon as it is decided, where the request prefers to wait for that; else as it is.
 * @param answer the response that is to be sent; when its client leaves, the waiting ends
 */
export async function awaited(
  context: Context,
  prefer: string | undefined,
  answer: ServerResponse,
  job: JobView,
): Promise<Awaited> {
  const wait = preferredWait(prefer)
  if (wait === undefined) return { job, hasWaited: false, headers: {} }
  const decided = await waitForOutcome(context.projection, job, wait * 1000, leaving(context, answer))
  return { job: decided, hasWaited: true, headers: { 'preference-applied': `wait=${wait}` } }
}
