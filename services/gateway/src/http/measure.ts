import { traceId } from '@pdf-smaller/platform'
import type { onResponseHookHandler } from 'fastify'
import type { Context } from '../context.ts'
import { toldAddress } from './told-address.ts'

/** Counts and times the answers of a route, and logs them where that is asked for. */
export function measureRoute({ metrics, log }: Context, route: string): onResponseHookHandler {
  const series = new Map<string, { observe: (seconds: number) => void }>()
  const seriesOf = (method: string, status: number) => {
    const name = `${method} ${status}`
    let found = series.get(name)
    if (!found) series.set(name, (found = metrics.requests.labels({ method, route, status: String(status) })))
    return found
  }
  const logged = log.isLevelEnabled('debug')
  return (request, reply, done) => {
    seriesOf(request.method, reply.statusCode).observe(reply.elapsedTime / 1000)
    if (logged) {
      const { method, url, caller, traceparent } = request
      const ms = Math.round(reply.elapsedTime)
      log.debug(
        {
          method,
          url: toldAddress(url),
          status: reply.statusCode,
          ms,
          key: caller.id,
          traceId: traceId(traceparent),
        },
        'request',
      )
    }
    done()
  }
}
