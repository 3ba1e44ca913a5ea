import { randomUUID } from 'node:crypto'

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/

/** The trace id of a W3C `traceparent`; undefined where it is none (all zeros included). */
export function traceId(traceparent: string | undefined): string | undefined {
  const id = traceparent ? pattern.exec(traceparent)?.[1] : undefined
  return id && !/^0+$/.test(id) ? id : undefined
}

/**
 * A new span within a caller's trace, or of a new trace (W3C Trace Context 1, section 3.2). The digits come from random
 * UUIDs: Node draws those in bulk, where random bytes cost a call into the system for every request.
 */
export function childTrace(traceparent: string | undefined): string {
  const span = randomUUID()
  const trace = traceId(traceparent) ?? randomUUID().replaceAll('-', '')
  return `00-${trace}-${span.slice(0, 8)}${span.slice(24, 32)}-01`
}
