import { JobFailure } from '@pdf-smaller/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { preflightHeaders } from '../access/cors.ts'
import type { Context } from '../context.ts'
import { commonHeaders, type ServedRoute } from './admit.ts'
import { refuse } from './refuse.ts'

/**
 * Answers where no route is: what an address takes (OPTIONS, RFC 9110, section 9.3.7), that it takes other methods
 * (section 15.5.6), or that there is nothing at it.
 */
export function nothingServed(
  context: Pick<Context, 'log' | 'closing' | 'origins'>,
  routes: readonly ServedRoute[],
) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const methods = methodsAt(routes, request.url)
    if (methods.length === 0) return refuse(context, new JobFailure('unknown_route'), request, reply)
    void reply.header('allow', methods.join(', '))
    if (request.method === 'OPTIONS') return tellMethods(context, request, reply)
    return refuse(context, new JobFailure('method_not_allowed', request.method), request, reply)
  }
}

function tellMethods(
  context: Pick<Context, 'origins'>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  commonHeaders(context, request, reply)
  return reply.code(204).headers(preflightHeaders(context.origins, request.headers)).send()
}

/** The methods at an address; at `*`, which is the server itself, all. */
function methodsAt(routes: readonly ServedRoute[], url: string): string[] {
  const given = segments(url.split('?', 1)[0] ?? '')
  const there = routes.filter(({ url: path, undocumented }) => {
    if (undocumented) return false
    const own = segments(path)
    const isThere =
      own.length === given.length && own.every((name, n) => name.startsWith(':') || name === given[n])
    return isThere || url === '*'
  })
  if (there.length === 0) return []
  return [...new Set(['OPTIONS', ...there.flatMap(({ method }) => method)])].sort()
}

const segments = (path: string) => path.split('/')
