import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api'
import { JobFailure } from '@pdf-smaller/contracts'
import { attributeNames } from './names.ts'
import { formatTraceparent, parseTraceparent } from './traceparent.ts'

export { SpanKind } from '@opentelemetry/api'

/** A piece of work, from its beginning to its end, as it is told to whoever follows traces. */
export type OpenSpan = {
  /** Whether anybody follows it. */
  isRecorded: boolean
  /** W3C trace context for what it brings about; undefined where it belongs to no trace. */
  traceparent: string | undefined
  /** Does work within it: spans that begin meanwhile are its children, and log lines name it. */
  within: <T>(work: () => T) => T
  set: (attributes: Attributes) => void
  /** @param code a code of `failures.ts` where there is one */
  fail: (code: string) => void
  end: () => void
}

export type SpanOptions = {
  kind?: SpanKind
  /** The `traceparent` that it is a child of; the span around it where this is left out. */
  parent?: string | undefined
  /** The `traceparent`s that it comes from without being their child: without a parent it then begins a trace. */
  links?: readonly string[]
  attributes?: Attributes
}

/** Without an SDK that has been registered its spans are told to nobody, and cost next to nothing. */
const tracer = () => trace.getTracer('pdf-smaller')

export function openSpan(
  name: string,
  { kind = SpanKind.INTERNAL, links = [], attributes = {}, ...options }: SpanOptions = {},
): OpenSpan {
  const linked = links.flatMap((each) => remoteContext(each) ?? [])
  const isChild = 'parent' in options
  const around = isChild ? contextOf(options.parent) : context.active()
  const root = !isChild && linked.length > 0
  const asked = { kind, attributes, links: linked.map((each) => ({ context: each })), root }
  return opened(tracer().startSpan(name, asked, around), around)
}

function opened(span: Span, around: Context): OpenSpan {
  const own = trace.setSpan(around, span)
  return {
    isRecorded: span.isRecording(),
    traceparent: traceparentOf(span.spanContext()),
    within: (work) => context.with(own, work),
    set: (attributes) => void span.setAttributes(attributes),
    fail: (code) => {
      // No message: it may name files.
      span.setAttribute(attributeNames.errorType, code).setStatus({ code: SpanStatusCode.ERROR })
    },
    end: () => span.end(),
  }
}

/** Does work in a span of its own. What it throws is told as `error.type`, and thrown. */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  const span = openSpan(name, options)
  try {
    return await span.within(() => work(span))
  } catch (error) {
    span.fail(codeOf(error))
    throw error
  } finally {
    span.end()
  }
}

/** Tells of a span that is over already, as a child of the one around. @param tookMs until now */
export function tellSpan(name: string, tookMs: number, attributes: Attributes, failed?: string): void {
  const end = Date.now()
  const span = tracer().startSpan(name, { startTime: end - tookMs, attributes })
  if (failed !== undefined) opened(span, context.active()).fail(failed)
  span.end(end)
}

/** Has a listener run within the span that is around it now, whoever calls it, and whenever. */
export function boundToSpan<A extends unknown[], R>(listener: (...given: A) => R): (...given: A) => R {
  return context.bind(context.active(), listener)
}

/** The `traceparent` of the span around; undefined where there is none. */
export function activeTraceparent(): string | undefined {
  const active = trace.getActiveSpan()
  return active && traceparentOf(active.spanContext())
}

/** The span around, for a log line to name it. */
export function spanFields(): { trace_id?: string; span_id?: string } {
  const active = trace.getActiveSpan()?.spanContext()
  return active && isSpanContextValid(active) ? { trace_id: active.traceId, span_id: active.spanId } : {}
}

/** What a span tells of an error: of one that nobody foresaw its class, and nothing that it says. */
function codeOf(error: unknown): string {
  if (error instanceof JobFailure) return error.code
  return error instanceof Error ? error.name : 'unknown'
}

function contextOf(traceparent: string | undefined): Context {
  const parent = remoteContext(traceparent)
  if (!parent) return ROOT_CONTEXT
  const active = context.active()
  const isAround = trace.getSpanContext(active)?.spanId === parent.spanId
  return isAround ? active : trace.setSpanContext(ROOT_CONTEXT, parent)
}

function remoteContext(traceparent: string | undefined): SpanContext | undefined {
  const found = parseTraceparent(traceparent)
  if (!found) return undefined
  const { isSampled, ...ids } = found
  return { ...ids, traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true }
}

function traceparentOf(spanContext: SpanContext): string | undefined {
  if (!isSpanContextValid(spanContext)) return undefined
  const { traceId, spanId, traceFlags } = spanContext
  return formatTraceparent({ traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 })
}
