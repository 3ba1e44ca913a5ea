import { getLiveness, getMetrics, getReadiness, type Route } from '@pdf-smaller/contracts/http'
import {
  attributeNames as names,
  childTrace,
  methodName,
  openSpan,
  type OpenSpan,
  spanNames,
} from '@pdf-smaller/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** W3C trace context of this request: a new span within the caller's trace, or of a new trace. */
    traceparent: string
    /** Of the request, from its head to the end of its answer, where somebody follows it. */
    span: OpenSpan | undefined
  }
}

/** What a platform asks every few seconds says nothing about anybody's work. */
const untold = new Set<Route | undefined>([getLiveness, getMetrics, getReadiness])

/** Gives a request its place in a trace. Addresses are not told: names of files and tokens stand in them. */
export function traceRequest(request: FastifyRequest, { raw }: FastifyReply): void {
  const { traceparent: given } = request.headers
  const parent = typeof given === 'string' ? given : undefined
  const { url: route, config } = request.routeOptions
  const span = untold.has(config.route) ? undefined : openRequest(request.method, route, parent)
  request.traceparent = span?.traceparent ?? childTrace(parent)
  if (!span) return
  request.span = span
  raw.once('close', () => {
    // Whoever went away before the answer began was told no status.
    if (raw.headersSent) span.set({ [names.status]: raw.statusCode })
    span.end()
  })
}

function openRequest(
  given: string,
  route: string | undefined,
  parent: string | undefined,
): OpenSpan | undefined {
  const method = methodName(given)
  const span = openSpan(spanNames.request(method, route), {
    kind: 'server',
    parent,
    attributes: { [names.method]: method, ...(route === undefined ? {} : { [names.route]: route }) },
  })
  return span.isRecorded ? span : undefined
}

/** Tells whose request it is, as soon as that is known. */
export function traceCaller({ span, caller }: FastifyRequest): void {
  span?.set({ [names.tenant]: caller.tenant })
}

/** Tells the code that a request was refused with; only where the service is to blame it counts as failed. */
export function traceRefusal({ span }: FastifyRequest, code: string, isOurs: boolean): void {
  if (isOurs) span?.fail(code)
  else span?.set({ [names.errorType]: code })
}
