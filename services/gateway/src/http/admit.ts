import type { Route } from '@pdf-smaller/contracts/http'
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { refuseForeignPages } from '../access/browser.ts'
import { type Access, anyone, type Caller, keyHolders } from '../access/caller.ts'
import { corsHeaders } from '../access/cors.ts'
import type { App, Context } from '../context.ts'
import { z } from 'zod'
import { hasNoBody } from './bodies.ts'
import { measureRoute } from './measure.ts'
import type { LoadShedding } from './overload.ts'
import { traceCaller, traceRequest } from './trace-request.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
  interface FastifyContextConfig {
    /** Who may use it; a route of the contracts says so itself. */
    access?: Access
    route?: Route
    /** A second path of a route, which the documentation leaves out. */
    undocumented?: true
  }
}

/** A route as it is served; with its contract where the documentation is to name it. */
export type ServedRoute = {
  method: string | string[]
  url: string
  access: Access
  route?: Route | undefined
  /** A second path of a route: it works, and nobody is told of it. */
  undocumented: boolean
}

const nobody: Caller = {
  id: 'nobody',
  tenant: '-',
  scopes: [],
  maxUploadBytes: 0,
  allTenants: false,
  stands: () => false,
}

/**
 * Puts access control, tracing and measuring in front of every route; one that does not say who may use it is refused.
 * @returns the routes, as they come to be known
 */
export function guardRoutes(app: App, context: Context, load: LoadShedding): readonly ServedRoute[] {
  const served: ServedRoute[] = []
  const admit = admission(context, load)
  app.decorateRequest('caller')
  app.decorateRequest('traceparent', '')
  app.decorateRequest('span')
  app.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (!access) throw new Error(`the route ${route.url} does not say who may use it`)
    route.onRequest = admit(access, route.config?.route)
    route.onResponse = measureRoute(context, route.url)
    const { method, url, config } = route
    const undocumented = config?.undocumented ?? false
    // The HEAD that comes with each GET is documented with it.
    const own = undocumented || config?.route?.method !== method ? undefined : config.route
    served.push({ method, url, access, undocumented, route: own })
  })
  return served
}

/** The headers that every answer carries. */
export function commonHeaders(
  { origins }: Pick<Context, 'origins'>,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  traceRequest(request, reply)
  void reply.header('x-content-type-options', 'nosniff').header('traceparent', request.traceparent)
  void reply.headers(corsHeaders(origins, request.headers))
}

const WithToken = z.object({ token: z.string() })
const tokenIn = (query: unknown) => WithToken.safeParse(query).data?.token

function admission(
  context: Context,
  load: LoadShedding,
): (access: Access, route: Route | undefined) => onRequestHookHandler {
  const { config, keys, tokens, clock } = context
  const identify = keys ? keyHolders(keys, tokens, config.MAX_UPLOAD_MB, clock) : anyone(config.MAX_UPLOAD_MB)
  const refusePages = keys ? undefined : refuseForeignPages(config.PUBLIC_URL, config.OPEN_TO_ANYONE)
  return (access, route) => (request, reply, done) => {
    commonHeaders(context, request, reply)
    request.caller = nobody
    if (hasNoBody(request)) delete request.headers['content-type']
    if (access === 'open') return done()
    try {
      refusePages?.(request.headers)
      const token = route?.takesToken ? tokenIn(request.query) : undefined
      const shown = { authorization: request.headers.authorization, token }
      request.caller = identify(shown, access, (name, value) => void reply.header(name, value))
      traceCaller(request)
      if (route?.bringsWork) load.takeMore()
    } catch (error) {
      return done(error as Error)
    }
    done()
  }
}
