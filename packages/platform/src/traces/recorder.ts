import {
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
import { attributeNames } from './names.ts'
import type { OpenSpan, PastSpan, Recorder, SpanOptions } from './spans.ts'
import { formatTraceparent, parseTraceparent, type TraceParent } from './traceparent.ts'

/** Records spans by the API of OpenTelemetry, with whatever SDK is registered there. */
export const recorder: Recorder = {
  open,
  tell,
  bind: (listener) => context.bind(context.active(), listener),
  active: () => placeOf(trace.getActiveSpan()?.spanContext()),
}

const tracer = () => trace.getTracer('pdf-smaller')

const kinds = {
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
}

function open(name: string, options: SpanOptions): OpenSpan {
  const { kind = 'internal', links = [], attributes = {} } = options
  const linked = links.flatMap((each) => remoteContext(each) ?? [])
  const isChild = 'parent' in options
  const around = isChild ? contextOf(options.parent) : context.active()
  const asked = {
    kind: kinds[kind],
    attributes,
    links: linked.map((each) => ({ context: each })),
    root: !isChild && linked.length > 0,
  }
  return opened(tracer().startSpan(name, asked, around), around)
}

function opened(span: Span, around: Context): OpenSpan {
  const own = trace.setSpan(around, span)
  const place = placeOf(span.spanContext())
  return {
    isRecorded: span.isRecording(),
    traceparent: place && formatTraceparent(place),
    within: (work) => context.with(own, work),
    set: (attributes) => void span.setAttributes(attributes),
    fail: (code) => fail(span, code),
    end: () => span.end(),
  }
}

/** Without a message, which may name files. */
function fail(span: Span, code: string): void {
  span.setAttribute(attributeNames.errorType, code).setStatus({ code: SpanStatusCode.ERROR })
}

function tell({ name, tookMs, attributes, failed }: PastSpan): void {
  const end = Date.now()
  const span = tracer().startSpan(name, { startTime: end - tookMs, attributes })
  if (failed !== undefined) fail(span, failed)
  span.end(end)
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

function placeOf(given: SpanContext | undefined): TraceParent | undefined {
  if (!given || !isSpanContextValid(given)) return undefined
  const { traceId, spanId, traceFlags } = given
  return { traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 }
}
