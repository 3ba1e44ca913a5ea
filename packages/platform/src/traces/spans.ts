import type { Attributes } from '@opentelemetry/api'
import { JobFailure } from '@pdf-smaller/contracts'
import { formatTraceparent, parseTraceparent } from './traceparent.ts'

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

/** What a span is to whoever sees it: the end of a request, an event that is stored, or read; else it is of nobody's concern. */
export type SpanKind = 'server' | 'producer' | 'consumer' | 'internal'

export type SpanOptions = {
  kind?: SpanKind
  /** The `traceparent` that it is a child of; the span around it where this is left out. */
  parent?: string | undefined
  /** The `traceparent`s that it comes from without being their child: without a parent it then begins a trace. */
  links?: readonly string[]
  attributes?: Attributes
}

/** A span that is over already, as it is told after the fact. */
export type PastSpan = { name: string; tookMs: number; attributes: Attributes; failed?: string | undefined }

/** What records spans. */
export type Recorder = {
  open: (name: string, options: SpanOptions) => OpenSpan
  /** As a child of the span around, and over now. */
  tell: (span: PastSpan) => void
  bind: <A extends unknown[], R>(listener: (...given: A) => R) => (...given: A) => R
  active: () => { traceId: string; spanId: string; isSampled: boolean } | undefined
}

/** Nobody, until traces are started: then nothing of OpenTelemetry is loaded, and a span costs next to nothing. */
let recorder: Recorder | undefined

export function recordWith(given: Recorder | undefined): void {
  recorder = given
}

export function openSpan(name: string, options: SpanOptions = {}): OpenSpan {
  return recorder?.open(name, options) ?? unrecorded(options)
}

const nothing = { isRecorded: false, set: () => {}, fail: () => {}, end: () => {} }

/** What belongs to a trace stays in it, where nobody records its spans. */
const unrecorded = ({ parent }: SpanOptions): OpenSpan => ({
  ...nothing,
  traceparent: parseTraceparent(parent) && parent,
  within: (work) => work(),
})

/** Does work in a span of its own. What it throws is told as `error.type`, and thrown. */
export function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  const span = openSpan(name, options)
  return recorder ? told(span, work) : work(span)
}

async function told<T>(span: OpenSpan, work: (span: OpenSpan) => Promise<T>): Promise<T> {
  try {
    return await span.within(() => work(span))
  } catch (error) {
    span.fail(codeOf(error))
    throw error
  } finally {
    span.end()
  }
}

/** What a span tells of an error: of one that nobody foresaw its class, and nothing that it says. */
function codeOf(error: unknown): string {
  if (error instanceof JobFailure) return error.code
  return error instanceof Error ? error.name : 'unknown'
}

/** Tells of a span that is over already, as a child of the one around. */
export function tellSpan(span: PastSpan): void {
  recorder?.tell(span)
}

/** Has a listener run within the span that is around it now, whoever calls it, and whenever. */
export function boundToSpan<A extends unknown[], R>(listener: (...given: A) => R): (...given: A) => R {
  return recorder?.bind(listener) ?? listener
}

/** The `traceparent` of the span around; undefined where there is none. */
export function activeTraceparent(): string | undefined {
  const active = recorder?.active()
  return active && formatTraceparent(active)
}

/** The span around, for a log line to name it. */
export function spanFields(): { trace_id?: string; span_id?: string } {
  const active = recorder?.active()
  return active ? { trace_id: active.traceId, span_id: active.spanId } : {}
}
