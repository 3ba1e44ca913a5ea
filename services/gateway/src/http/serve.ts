import type { Route } from '@pdf-smaller/contracts/http'
import type {
  ContextConfigDefault,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  RawServerDefault,
  RouteGenericInterface,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { App } from '../context.ts'

/** The schemas of a route as the framework wants them, so that it types requests and answers by them. */
type SchemaOf<R extends Route> = {
  params: R extends { params: infer S } ? S : undefined
  querystring: R extends { querystring: infer S } ? S : undefined
  headers: R extends { headers: infer S } ? S : undefined
  body: R extends { body: infer S } ? S : undefined
  response: { [S in keyof R['answers']]: R['answers'][S] extends { schema: infer T } ? T : z.ZodUndefined }
}

export type RequestOf<R extends Route> = FastifyRequest<
  RouteGenericInterface,
  RawServerDefault,
  IncomingMessage,
  SchemaOf<R>,
  ZodTypeProvider
>

/** Sends what the answers of the route say, and nothing else: anything else does not compile. */
export type ReplyOf<R extends Route> = FastifyReply<
  RouteGenericInterface,
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  ContextConfigDefault,
  SchemaOf<R>,
  ZodTypeProvider
>

/** It sends its answer; what it returned would not be checked, so it returns none. */
export type Handler<R extends Route> = (request: RequestOf<R>, reply: ReplyOf<R>) => void | Promise<void>

/**
 * Serves a route of the contracts: its path, its access, its schemas and its documentation come from there.
 * @param at other paths that do the same, which the documentation does not name
 */
export function serve<const R extends Route>(
  app: App,
  route: R,
  handler: Handler<R>,
  { at = [] }: { at?: readonly string[] } = {},
): void {
  const { method, path, access } = route
  for (const url of [path, ...at])
    app.route({
      method,
      url,
      config: { access, route, ...(url === path ? {} : { undocumented: true as const }) },
      schema: schemaOf(route),
      handler: (request, reply) => {
        // The framework would type both by the schema, which it does not know to be the route's.
        const handle = () => handler(request as unknown as RequestOf<R>, reply as unknown as ReplyOf<R>)
        const done = request.span ? request.span.within(handle) : handle()
        return done instanceof Promise ? done.then(() => reply) : undefined
      },
    })
}

function schemaOf({ params, querystring, headers, body, answers }: Route): FastifySchema {
  return {
    ...(params ? { params } : {}),
    ...(querystring ? { querystring } : {}),
    ...(headers ? { headers } : {}),
    ...(body ? { body } : {}),
    response: Object.fromEntries(
      Object.entries(answers).map(([status, { schema }]) => [status, schema ?? z.undefined()]),
    ),
  }
}
