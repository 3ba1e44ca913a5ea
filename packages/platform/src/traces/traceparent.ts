import { randomUUID } from 'node:crypto'

/** Where in a trace something belongs, as it stands in a W3C `traceparent`. */
export type TraceParent = { traceId: string; spanId: string; isSampled: boolean }

/** Version, trace, span and flags (W3C Trace Context 1, section 3.2.2); a later version may have more behind them. */
const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/
const zeros = /^0+$/

/** Reads a `traceparent`; undefined where it is none: then it is as if there were no trace (section 4.3). */
export function parseTraceparent(given: string | undefined): TraceParent | undefined {
  const [, version, traceId = '', spanId = '', flags = '', more] = pattern.exec(given ?? '') ?? []
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (zeros.test(traceId) || zeros.test(spanId)) return undefined
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

export function formatTraceparent({ traceId, spanId, isSampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`
}

/** The trace id of a `traceparent`; undefined where it is none. */
export function traceId(traceparent: string | undefined): string | undefined {
  return parseTraceparent(traceparent)?.traceId
}

/**
 * A new span within a caller's trace, or of a new trace, where nobody records it; whether the caller records is handed on.
 * The digits come from random UUIDs: Node draws those in bulk, where random bytes cost a call into the system for every request.
 */
export function childTrace(traceparent: string | undefined): string {
  const { traceId = randomUUID().replaceAll('-', ''), isSampled = false } =
    parseTraceparent(traceparent) ?? {}
  const span = randomUUID()
  return formatTraceparent({ traceId, spanId: span.slice(0, 8) + span.slice(24, 32), isSampled })
}
