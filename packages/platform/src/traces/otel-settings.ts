import { z } from 'zod'
import { ConfigError } from '../config.ts'

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const
export type SamplerName = (typeof samplers)[number]

const protocols = ['http/protobuf', 'http/json'] as const
const protocol = z.enum(protocols, { error: `say ${protocols.join(' or ')}; there is no other` })
const address = z.url({ protocol: /^https?$/, error: 'it is no address of the form http://host:4318' })
const whole = (usual: number, max: number) => z.coerce.number().int().min(1).max(max).default(usual)

/**
 * What OpenTelemetry's specification of environment variables names, as far as it is read here; headers, certificates, compression
 * and the time limit of an export are read by the exporter itself, and what describes the process by the SDK.
 */
const OtelSettings = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol.default('http/protobuf'),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol.optional(),
  OTEL_TRACES_SAMPLER: z
    .enum(samplers, { error: `say one of ${samplers.join(', ')}` })
    .default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_BSP_SCHEDULE_DELAY: whole(5000, 600_000),
  OTEL_BSP_MAX_QUEUE_SIZE: whole(2048, 1_000_000),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: whole(512, 1_000_000),
})

export type TraceSettings = {
  /** Where spans go. */
  url: string
  /** The same, without what may be secret of it. */
  receiver: string
  protocol: (typeof protocols)[number]
  sampler: SamplerName
  ratio: number
  everyMs: number
  mostWaiting: number
  mostAtOnce: number
}

/**
 * Reads where spans go to; undefined where nobody wants them: then nothing of an SDK is loaded.
 * @throws ConfigError
 */
export function traceSettings(environment: Record<string, string | undefined>): TraceSettings | undefined {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const isNamed = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'].some(
    (name) => given[name],
  )
  const isOff =
    given['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || given['OTEL_TRACES_EXPORTER'] === 'none'
  if (!isNamed || isOff) return undefined
  const { data, error } = OtelSettings.safeParse(given)
  if (!data)
    throw new ConfigError(error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_EXPORTER_OTLP_ENDPOINT = '' } = data
  const url = OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? below(OTEL_EXPORTER_OTLP_ENDPOINT)
  return {
    url,
    receiver: new URL(url).origin,
    protocol: data.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? data.OTEL_EXPORTER_OTLP_PROTOCOL,
    sampler: data.OTEL_TRACES_SAMPLER,
    ratio: data.OTEL_TRACES_SAMPLER_ARG,
    everyMs: data.OTEL_BSP_SCHEDULE_DELAY,
    mostWaiting: data.OTEL_BSP_MAX_QUEUE_SIZE,
    mostAtOnce: Math.min(data.OTEL_BSP_MAX_EXPORT_BATCH_SIZE, data.OTEL_BSP_MAX_QUEUE_SIZE),
  }
}

/** Where a receiver takes spans that was named for all kinds of telemetry. */
function below(endpoint: string): string {
  const url = new URL(endpoint)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`
  return url.href
}
