import type { JobAnswer } from '@pdf-smaller/contracts/http'
import { isDecided } from '@pdf-smaller/domain'
import type { ServerResponse } from 'node:http'
import type { Context } from '../../context.ts'
import { preferredWait } from '../../http/prefer.ts'
import type { Acceptance } from '../../jobs/accept.ts'
import { baseOf, jobAnswer } from '../../jobs/answer.ts'
import { waitForOutcome } from '../../jobs/wait.ts'

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
  const wait = preferredWait(prefer)
  const job =
    wait === undefined
      ? accepted
      : await waitForOutcome(context.projection, accepted, wait * 1000, leaving(context, answer))
  const told = jobAnswer(job, baseOf(context.config))
  const finished = isDecided(job) && (repeated || wait !== undefined)
  const headers = {
    location: told.links.self,
    ...(wait === undefined ? {} : { 'preference-applied': `wait=${wait}` }),
    ...(finished ? {} : { 'retry-after': '1' }),
  }
  return { status: finished ? 200 : 202, headers, job: told }
}

/** Aborts when the client is gone or the gateway is being stopped. */
function leaving({ closing }: Context, answer: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const leave = () => {
    closing.removeEventListener('abort', leave)
    controller.abort()
  }
  closing.addEventListener('abort', leave)
  answer.once('close', leave)
  if (closing.aborted) leave()
  return controller.signal
}
