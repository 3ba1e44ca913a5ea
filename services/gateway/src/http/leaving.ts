import type { ServerResponse } from 'node:http'
import { JobFailure } from '@pdf-smaller/contracts'
import type { Context } from '../context.ts'

/** Aborts when the client is gone or the gateway is being stopped. @param answer the response that is to be sent */
export function leaving({ closing }: Pick<Context, 'closing'>, answer: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const leave = () => {
    closing.removeEventListener('abort', leave)
    controller.abort(new JobFailure('shutting_down'))
  }
  closing.addEventListener('abort', leave)
  answer.once('close', leave)
  if (closing.aborted) leave()
  return controller.signal
}
