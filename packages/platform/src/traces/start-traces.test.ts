import { INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api'
import { afterEach, describe, expect, it } from 'vitest'
import { type OtlpReceiver, startOtlpReceiver } from '@pdf-smaller/testing/otlp-receiver'
import { ConfigError } from '../config.ts'
import { openLog } from '../log.ts'
import { attributeNames } from './names.ts'
import { inSpan, openSpan, spanFields } from './spans.ts'
import { startTraces } from './start-traces.ts'

const teller = { service: 'pdf-smaller-test', instance: 'one' }
const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test')
const json = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_BSP_SCHEDULE_DELAY: '10' }
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-'

const close: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of close.splice(0).toReversed()) await end()
})

async function receiver(...how: Parameters<typeof startOtlpReceiver>): Promise<OtlpReceiver> {
  const started = await startOtlpReceiver(...how)
  close.push(started.close)
  return started
}

/** @returns ends it */
async function traces(url: string, more: Record<string, string> = {}, flushMs = 5000) {
  const end = await startTraces(teller, { OTEL_EXPORTER_OTLP_ENDPOINT: url, ...json, ...more }, log, flushMs)
  close.push(end)
  return end
}

const spansNamed = (count: number, name: string) => {
  for (let i = 0; i < count; i++) openSpan(name).end()
}

describe('traces', () => {
  it('are not recorded where no receiver is named, or they are switched off', async () => {
    const named = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }
    for (const environment of [
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
      { ...named, OTEL_SDK_DISABLED: 'true' },
      { ...named, OTEL_TRACES_EXPORTER: 'none' },
    ]) {
      await startTraces(teller, environment, log)
      const span = openSpan('any', { parent: `${traceparent}01` })
      expect(span.isRecorded).toBe(false)
      expect(span.traceparent, 'what belongs to a trace stays in it').toBe(`${traceparent}01`)
    }
  })

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL: say http/protobuf or http/json'],
    [{ OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER: say one of always_on'],
    [{ OTEL_TRACES_SAMPLER_ARG: '7' }, 'OTEL_TRACES_SAMPLER_ARG'],
  ])('with %o are refused at the start', async (wrong, said) => {
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', ...wrong }
    await expect(startTraces(teller, environment, log)).rejects.toThrow(ConfigError)
    await expect(startTraces(teller, environment, log)).rejects.toThrow(said)
  })

  it('reach their receiver, with who tells them and what failed, and without what an error says', async () => {
    const { url, when, resources, bodies } = await receiver()
    await traces(url)
    const secret = new Error('could not open salaries.pdf')
    const outer = inSpan('outer', { parent: `${traceparent}01` }, (span) => {
      expect(spanFields()).toEqual({
        trace_id: traceparent.slice(3, 35),
        span_id: span.traceparent?.slice(36, 52),
      })
      return inSpan('inner', { attributes: { [attributeNames.task]: 'x'.repeat(10_000) } }, async () => {
        throw secret
      })
    })
    await expect(outer).rejects.toBe(secret)
    const [inner, around] = await when((spans) => spans.length === 2)
    expect(around).toMatchObject({ traceId: traceparent.slice(3, 35), parentSpanId: 'b7ad6b7169203331' })
    expect(inner).toMatchObject({
      traceId: around?.traceId,
      parentSpanId: around?.spanId,
      status: { code: 2 },
    })
    expect(inner?.attributes).toEqual({ 'error.type': 'Error', 'pdf_smaller.task': 'x'.repeat(256) })
    expect(bodies().join()).not.toContain('salaries')
    expect(resources()[0]).toMatchObject({ 'service.name': 'pdf-smaller-test', 'service.instance.id': 'one' })
  })

  it('go out as protocol buffers unless JSON is asked for', async () => {
    const { url, bodies } = await receiver()
    const end = await traces(url, { OTEL_EXPORTER_OTLP_PROTOCOL: '' })
    openSpan('as-bytes', { parent: `${traceparent}01` }).end()
    await end()
    expect(bodies()[0]).toContain('as-bytes')
    expect(bodies()[0]).toContain(Buffer.from(traceparent.slice(3, 35), 'hex').toString('latin1'))
  })

  it('are recorded as the caller does, and what comes later as that which it is linked to', async () => {
    const { url, spans } = await receiver()
    const end = await traces(url, {
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
    })
    openSpan('own').end()
    openSpan('child of one that is not', { parent: `${traceparent}00` }).end()
    openSpan('linked to one that is not', { links: [`${traceparent}00`] }).end()
    openSpan('child', { parent: `${traceparent}01` }).end()
    openSpan('linked', { links: [`${traceparent}01`] }).end()
    expect(openSpan('on', { parent: `${traceparent}00` }).traceparent).toMatch(/-00$/)
    await end()
    expect(spans().map(({ name }) => name)).toEqual(['child', 'linked'])
    expect(spans()[1]?.parentSpanId).toBeUndefined()
    expect(spans()[1]?.traceId).not.toBe(traceparent.slice(3, 35))
    expect(spans()[1]?.links).toMatchObject([
      { traceId: traceparent.slice(3, 35), spanId: 'b7ad6b7169203331' },
    ])
  })

  it('are dropped where their receiver does not answer, and keep nobody from ending', async () => {
    const silent = await receiver(() => {})
    const end = await traces(silent.url, {}, 1)
    spansNamed(512, 'first')
    await silent.when((spans) => spans.length === 512)
    spansNamed(20_000, 'later')
    await end()
    await silent.when((spans) => spans.length === 512 + 2048)
    expect(silent.spans().filter(({ name }) => name === 'later')).toHaveLength(2048)
  })

  it('are dropped where their receiver refuses them, which is told once, as is its end', async () => {
    let status = 400
    const { url, when } = await receiver((response) => void response.writeHead(status).end())
    const told: { line: string; around: object }[] = []
    const tell = (_: object, line: string) => void told.push({ line, around: spanFields() })
    const telling = Object.assign(openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test'), {
      warn: tell,
      info: tell,
    })
    const environment = { ...json, OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1' }
    close.push(await startTraces(teller, environment, telling))
    await openSpan('around').within(async () => spansNamed(5, 'refused'))
    await when((spans) => spans.length === 5)
    status = 200
    spansNamed(5, 'taken')
    await when((spans) => spans.length === 10)
    await close.pop()?.()
    expect(told).toEqual(
      ['spans are sent', 'spans do not arrive, and are dropped', 'spans arrive again'].map((line) => ({
        line,
        around: {},
      })),
    )
  })

  it('go to the SDK that somebody has loaded before, where there is one', async () => {
    const names: string[] = []
    const provider = {
      getTracer: () => ({
        startSpan: (name: string) => {
          names.push(name)
          return trace.wrapSpanContext(INVALID_SPAN_CONTEXT)
        },
        startActiveSpan: () => {
          throw new Error('nobody asks for it')
        },
      }),
    }
    trace.setGlobalTracerProvider(provider)
    const end = await traces('http://127.0.0.1:9')
    openSpan('theirs').end()
    await end()
    trace.disable()
    expect(names).toEqual(['theirs'])
  })
})
