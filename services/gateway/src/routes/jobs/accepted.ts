import { isDecided } from '@pdf-smaller/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { preferredWait } from '../../http/prefer.ts'
import type { Acceptance } from '../../jobs/accept.ts'
import { baseOf, jobAnswer } from '../../jobs/answer.ts'
import { waitForOutcome } from '../../jobs/wait.ts'

/** Answers with an accepted job: at once, or when it is decided where the request prefers to wait. */
export async function answerAccepted(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { jobs: [accepted], repeated }: Acceptance,
): Promise<FastifyReply> {
  if (!accepted) throw new Error('no job was accepted')
  const wait = preferredWait(request.headers.prefer)
  const job =
    wait === undefined
      ? accepted
      : await waitForOutcome(context.projection, accepted, wait * 1000, leaving(context, reply))
  const answer = jobAnswer(job, baseOf(context.config))
  const finished = isDecided(job) && (repeated || wait !== undefined)
  if (wait !== undefined) void reply.header('preference-applied', `wait=${wait}`)
  if (!finished) void reply.header('retry-after', '1')
  return reply
    .code(finished ? 200 : 202)
    .header('location', answer.links.self)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(answer))
}

/** Aborts when the client is gone or the gateway is being stopped. */
function leaving({ closing }: Context, reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  const leave = () => {
    closing.removeEventListener('abort', leave)
    controller.abort()
  }
  closing.addEventListener('abort', leave)
  reply.raw.once('close', leave)
  if (closing.aborted) leave()
  return controller.signal
}
