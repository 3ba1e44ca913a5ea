import type { JobAnswer } from '@pdf-smaller/contracts/http'
import { isDecided } from '@pdf-smaller/domain'
import type { ServerResponse } from 'node:http'
import type { Context } from '../../context.ts'
import type { Acceptance } from '../../jobs/accept.ts'
import { baseOf, jobAnswer } from '../../jobs/answer.ts'
import { awaited } from './awaited.ts'

type Accepted = { status: 200 | 202; headers: Record<string, string>; job: JobAnswer }

/**
 * What a request for one job is answered with: at once, or when it is decided where the request prefers to wait.
 * @param answer the response that is to be sent; when its client leaves, the waiting ends
 */
export async function acceptedAnswer(
  context: Context,
  prefer: string | undefined,
  answer: ServerResponse,
  { jobs: [accepted], repeated }: Acceptance,
): Promise<Accepted> {
  if (!accepted) throw new Error('no job was accepted')
  const { job, hasWaited, headers: waited } = await awaited(context, prefer, answer, accepted)
  const told = jobAnswer(job, baseOf(context.config))
  const finished = isDecided(job) && (repeated || hasWaited)
  const headers = {
    location: told.links.self,
    ...waited,
    ...replayed(repeated),
    ...(finished ? {} : { 'retry-after': '1' }),
  }
  return { status: finished ? 200 : 202, headers, job: told }
}

/** Says of an answer that an earlier request under the same idempotency key had brought its jobs about. */
export function replayed(repeated: boolean): Record<string, string> {
  return repeated ? { 'idempotent-replayed': 'true' } : {}
}
