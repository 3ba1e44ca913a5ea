import type { Route } from '@pdf-smaller/contracts/http'
import { childTrace } from '@pdf-smaller/platform'
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { refuseForeignPages } from '../access/browser.ts'
import { type Access, anyone, type Caller, keyHolders } from '../access/caller.ts'
import type { App, Context } from '../context.ts'
import { measureRoute } from './measure.ts'
import type { LoadShedding } from './overload.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
    /** W3C trace context of this request: a new span within the caller's trace, or of a new trace. */
    traceparent: string
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

const nobody: Caller = { id: 'nobody', tenant: '-', scopes: [], maxUploadBytes: 0 }

/**
 * Puts access control, tracing and measuring in front of every route; one that does not say who may use it is refused.
 * @returns the routes, as they come to be known
 */
export function guardRoutes(app: App, context: Context, load: LoadShedding): readonly ServedRoute[] {
  const served: ServedRoute[] = []
  const admit = admission(context, load)
  app.decorateRequest('caller')
  app.decorateRequest('traceparent', '')
  app.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (!access) throw new Error(`the route ${route.url} does not say who may use it`)
    route.onRequest = admit(access, route.config?.route)
    route.onResponse = measureRoute(context, route.url)
    const { method, url, config } = route
    const undocumented = config?.undocumented ?? false
    served.push({ method, url, access, undocumented, route: undocumented ? undefined : config?.route })
  })
  return served
}

/** The headers that every answer carries. */
export function commonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  const given = request.headers.traceparent
  request.traceparent = childTrace(typeof given === 'string' ? given : undefined)
  void reply.header('x-content-type-options', 'nosniff').header('traceparent', request.traceparent)
}

function admission(
  { config, keys, clock }: Context,
  load: LoadShedding,
): (access: Access, route: Route | undefined) => onRequestHookHandler {
  const identify = keys ? keyHolders(keys, config.MAX_UPLOAD_MB, clock) : anyone(config.MAX_UPLOAD_MB)
  const refusePages = keys ? undefined : refuseForeignPages(config.PUBLIC_URL, config.OPEN_TO_ANYONE)
  return (access, route) => (request, reply, done) => {
    commonHeaders(request, reply)
    request.caller = nobody
    if (access === 'open') return done()
    try {
      refusePages?.(request.headers)
      request.caller = identify(request.headers.authorization, access, (name, value) => {
        void reply.header(name, value)
      })
      if (route?.bringsWork) load.takeMore()
    } catch (error) {
      return done(error as Error)
    }
    done()
  }
}
