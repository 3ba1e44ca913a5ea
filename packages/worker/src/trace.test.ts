import { isDecided } from '@pdf-smaller/domain'
import { openLog, startTraces } from '@pdf-smaller/platform'
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '@pdf-smaller/testing/otlp-receiver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, openHarness } from '../testing/harness.ts'
import { traceAttempt } from './trace.ts'

const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']
const traceparent = `00-${traceId}-${spanId}-01`

let harness: Harness
let receiver: OtlpReceiver
let endTraces: () => Promise<void>
beforeAll(async () => {
  receiver = await startOtlpReceiver()
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '10',
  }
  const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test')
  endTraces = await startTraces({ service: 'test', instance: 'one' }, environment, log)
  harness = await openHarness({ PDF_SMALLER_RETRY_PACE: '0.001' })
  await harness.work()
})
afterAll(async () => {
  await harness.close()
  await endTraces()
  await receiver.close()
})

/** The attempts at a job, when so many are over. */
async function attempts(jobId: string, count: number): Promise<ReceivedSpan[]> {
  const ofJob = ({ attributes, kind }: ReceivedSpan) =>
    kind === consumer && attributes['pdf_smaller.job.id'] === jobId
  const all = await receiver.when((spans) => spans.filter(ofJob).length === count)
  return all.filter(ofJob)
}

const [producer, consumer] = [4, 5]
const childrenOf = (span: ReceivedSpan | undefined) =>
  receiver.spans().filter((each) => each.parentSpanId === span?.spanId)

describe('the spans of a job', () => {
  it('begin in the trace of its request, and each retry begins one that is linked to it', async () => {
    const address = await harness.request('echo', { failUntil: 2 }, 'salaries', { traceparent })
    await harness.when(address, isDecided)
    const [first, retry] = await attempts(address.jobId, 2)
    const [request] = receiver.spans().filter((span) => span.parentSpanId === spanId)
    expect(request).toMatchObject({ traceId, name: 'send JOBS', kind: producer })
    expect(first).toMatchObject({ traceId, parentSpanId: request?.spanId, name: 'process JOBS', links: [] })

    expect(retry?.traceId).not.toBe(traceId)
    expect(retry?.parentSpanId).toBeUndefined()
    expect(retry?.links).toHaveLength(2)
    expect(retry?.links[0]).toMatchObject({ traceId, spanId: request?.spanId })
    // The one in which the attempt before it stored that there would be another.
    const [stored] = childrenOf(childrenOf(first).find(({ name }) => name === 'outcome'))
    expect(retry?.links[1]).toMatchObject({ traceId, spanId: stored?.spanId })
  })

  it('tell the stages of an attempt, what it failed with, and no word of what it worked on', async () => {
    const address = await harness.request('echo', { failUntil: 2, code: 'damaged_pdf' }, 'salaries', {
      traceparent,
    })
    await harness.when(address, isDecided)
    const [attempt] = await attempts(address.jobId, 1)
    expect(attempt).toMatchObject({ status: { code: 2 } })
    expect(attempt?.attributes).toEqual({
      'messaging.system': 'nats',
      'messaging.destination.name': 'JOBS',
      'messaging.destination.template': 'pdf.{tenant}.{domain}.{task}.{jobId}.{phase}',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.consumer.group.name': 'testing',
      'messaging.message.id': expect.any(String),
      'pdf_smaller.tenant': 'default',
      'pdf_smaller.task': 'echo',
      'pdf_smaller.job.id': address.jobId,
      'pdf_smaller.job.attempt': 1,
      'pdf_smaller.job.status': 'failed',
      'pdf_smaller.engine.runs': 0,
      'error.type': 'damaged_pdf',
    })
    const stages = childrenOf(attempt)
    expect(stages.map(({ name }) => name).sort()).toEqual(['fetch', 'outcome', 'run echo', 'send JOBS'])
    const run = stages.find(({ name }) => name === 'run echo')
    expect(run).toMatchObject({ attributes: { 'error.type': 'damaged_pdf' }, status: { code: 2 } })
    expect(receiver.bodies().join()).not.toMatch(/a\.txt|salaries|told to fail/)
  })

  it('tell of so many runs of engines, under names that no stranger makes up', async () => {
    const address = { tenant: 'default', domain: 'testing', task: 'echo', jobId: 'flooded' }
    const trace = traceAttempt(address, { traceparent }, 1, { id: 'a' })
    const usage = { engine: 'salaries of 2026.pdf', wallMs: 1, peakBytes: 1 }
    await trace.stage('run', async () => {
      for (let run = 0; run < 300; run++) trace.engineEnded(usage)
    })
    trace.concluded('completed', undefined)
    trace.end()
    const [attempt] = await attempts('flooded', 1)
    expect(attempt?.attributes).toMatchObject({ 'pdf_smaller.engine.runs': 300 })
    const engines = childrenOf(childrenOf(attempt)[0])
    expect(engines).toHaveLength(200)
    expect(new Set(engines.map(({ name }) => name))).toEqual(new Set(['engine']))
  })

  it('of one that is not sampled are not told, those of its retries no more than the first', async () => {
    const address = await harness.request('echo', { failUntil: 2 }, 'quiet', {
      traceparent: traceparent.replace(/01$/, '00'),
    })
    await harness.when(address, isDecided)
    const after = await harness.request('noop', {}, undefined, { traceparent })
    await attempts(after.jobId, 1)
    const told = receiver
      .spans()
      .filter(({ attributes }) => attributes['pdf_smaller.job.id'] === address.jobId)
    expect(told).toEqual([])
  })
})
