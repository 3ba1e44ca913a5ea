import { JobFailure } from '@pdf-smaller/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { ServedRoute } from './admit.ts'
import { refuse } from './refuse.ts'

/** Answers where no route is: there is nothing at the address, or it takes other methods (RFC 9110, section 15.5.6). */
export function nothingServed(context: Pick<Context, 'log' | 'closing'>, routes: readonly ServedRoute[]) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const methods = methodsAt(routes, request.url)
    if (methods.length === 0) return refuse(context, new JobFailure('unknown_route'), request, reply)
    void reply.header('allow', methods.join(', '))
    return refuse(context, new JobFailure('method_not_allowed', request.method), request, reply)
  }
}

function methodsAt(routes: readonly ServedRoute[], url: string): string[] {
  const given = segments(url.split('?', 1)[0] ?? '')
  const there = routes.filter(({ url, undocumented }) => {
    if (undocumented) return false
    const own = segments(url)
    return own.length === given.length && own.every((name, n) => name.startsWith(':') || name === given[n])
  })
  return [...new Set(there.flatMap(({ method }) => method))].sort()
}

const segments = (path: string) => path.split('/')
