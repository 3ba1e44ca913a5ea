import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import {
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources'
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Log } from '../log.ts'
import type { TraceSettings } from './otel-settings.ts'
import { samplerOf } from './sampler.ts'

/** Of one value of an attribute, characters. */
const longestValue = 256

/** Which process tells the spans. */
export type Teller = { service: string; instance: string }

/**
 * Has spans recorded and sent from now on. They wait in a queue of a fixed length, and what does not fit is dropped.
 * @returns sends what waits, for `longestMs` at most, and records no more
 */
export async function startSdk(
  settings: TraceSettings,
  { service, instance }: Teller,
  log: Log,
): Promise<(longestMs: number) => Promise<void>> {
  const own = { 'service.name': service, 'service.instance.id': instance }
  const exporter = tellingOfTrouble(await exporterFor(settings), settings.receiver, log)
  const provider = new TracerProvider({
    resource: resourceFromAttributes(own).merge(
      detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }),
    ),
    sampler: samplerOf(settings),
    spanLimits: { attributeValueLengthLimit: longestValue },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        scheduledDelayMillis: settings.everyMs,
        maxQueueSize: settings.mostWaiting,
        maxExportBatchSize: settings.mostAtOnce,
      }),
    ],
  })
  if (!trace.setGlobalTracerProvider(provider)) {
    log.info('spans go to the OpenTelemetry SDK that was loaded before this service')
    return async () => {}
  }
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  log.info({ receiver: settings.receiver }, 'spans are sent')
  return async (longestMs) => {
    trace.disable()
    context.disable()
    await withinTime(provider.shutdown(), longestMs)
  }
}

async function exporterFor({ protocol, url }: TraceSettings): Promise<SpanExporter> {
  switch (protocol) {
    case 'http/protobuf': {
      const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto')
      return new OTLPTraceExporter({ url })
    }
    case 'http/json': {
      const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
      return new OTLPTraceExporter({ url })
    }
    default:
      return protocol satisfies never
  }
}

/** Says once that spans get lost, and once that they arrive again. */
function tellingOfTrouble(exporter: SpanExporter, receiver: string, log: Log): SpanExporter {
  let inTrouble = false
  const look = ({ code, error }: ExportResult) => {
    const failed = code !== ExportResultCode.SUCCESS
    const why = error?.message.slice(0, longestValue)
    if (failed && !inTrouble) log.warn({ receiver, why }, 'spans do not arrive, and are dropped')
    if (!failed && inTrouble) log.info({ receiver }, 'spans arrive again')
    inTrouble = failed
  }
  return {
    export: (spans, done) => {
      // Whoever ended the span that set this off has no part in it.
      const told = context.bind(ROOT_CONTEXT, (result: ExportResult) => {
        look(result)
        done(result)
      })
      exporter.export(spans, told)
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  }
}

/** Resolves when the work is over, however it ended, or the time. */
async function withinTime(work: Promise<unknown>, longestMs: number): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, longestMs)
  await Promise.race([work.catch(() => {}), over])
  clearTimeout(timer)
}
