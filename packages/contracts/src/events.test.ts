import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  cloudEvent,
  eventData,
  JobEvent,
  type JobFact,
  JobProgressed,
  KnownEvent,
  UploadAbandoned,
} from './events.ts'
import { describeFailure } from './failure.ts'

const jobId = '0198f0a0-1111-7000-8000-000000000001'
const input = {
  key: 'acme/1/in/a.0/a.pdf',
  name: 'a.pdf',
  size: 9,
  sha256: 'ab',
  contentType: 'application/pdf',
}
const failure = describeFailure('engine_failed', 'qpdf ended with 2')

const facts: JobFact[] = [
  {
    type: 'pdfsmaller.job.requested.v1',
    data: {
      tenant: 'acme',
      domain: 'compression',
      task: 'compress',
      inputs: [input],
      options: { level: 'high' },
      requester: 'key-1',
      limits: { retries: 3, softSeconds: 1500, hardSeconds: 1800 },
    },
  },
  { type: 'pdfsmaller.job.started.v1', data: { attempt: 1, retries: 0, worker: 'host-1', lost: 0 } },
  {
    type: 'pdfsmaller.job.retry-scheduled.v1',
    data: { attempt: 1, retries: 1, failure, delayMs: 60_000, nextAttemptAt: '2026-01-01T00:01:00.000Z' },
  },
  { type: 'pdfsmaller.job.attempt-due.v1', data: { attempt: 2 } },
  {
    type: 'pdfsmaller.job.completed.v1',
    data: {
      attempt: 2,
      outputs: [input],
      result: { saved: 1 },
      measures: {
        queuedMs: 1,
        runMs: 2,
        taskMs: 1,
        engineMs: 1.5,
        enginePeakBytes: 3,
        bytesIn: 9,
        bytesOut: 8,
      },
    },
  },
  {
    type: 'pdfsmaller.job.corrected.v1',
    data: { number: 1, document: 0, field: 'invoice.totals.gross', by: 'key-1', object: input },
  },
  { type: 'pdfsmaller.job.erased.v1', data: { by: 'key-1' } },
  { type: 'pdfsmaller.job.failed.v1', data: { attempt: 0, failure } },
  { type: 'pdfsmaller.job.cancelled.v1', data: { by: 'key-1', reason: '' } },
  { type: 'pdfsmaller.job.expired.v1', data: { files: 2, bytes: 17, reason: 'retention' } },
]

/** Context attributes of CloudEvents 1.0.2, section 2: their names, which are required, and their formats. */
const uriReference = z.string().regex(/^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/)
const CloudEvent = z
  .object({
    specversion: z.literal('1.0'),
    id: z.string().min(1),
    source: uriReference,
    type: z.string().regex(/^[a-z]+(\.[a-z-]+)+\.v\d+$/),
    subject: z.string().min(1),
    time: z.iso.datetime({ offset: true }),
    datacontenttype: z.string().regex(/^[a-z]+\/[a-z+.-]+$/),
    dataschema: z.url(),
    data: z.unknown(),
  })
  // Extensions: names of lower-case letters and digits, values that are no structures.
  .catchall(z.union([z.string(), z.number(), z.boolean()]))
  .refine((event) => Object.keys(event).every((name) => /^[a-z0-9]{1,20}$/.test(name)))

const around = { id: 'event-1', source: 'pdf-smaller/test', jobId, time: new Date('2026-01-01T00:00:00Z') }
const connected = {
  ...around,
  correlationId: 'batch-1',
  causationId: 'event-0',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
}

describe.each(facts)('$type', (fact) => {
  it('is a CloudEvent', () => {
    const event = cloudEvent(fact, around)
    expect(CloudEvent.parse(event)).toEqual(event)
    expect(event).toMatchObject({
      subject: jobId,
      correlationid: jobId,
      dataschema: `https://pdf-smaller.invalid/schemas/data/${fact.type}.json`,
    })
    expect(event).not.toHaveProperty('causationid')
  })

  it('reads as it was written', () => {
    const event = cloudEvent(fact, connected)
    expect(CloudEvent.parse(event)).toEqual(event)
    expect(JobEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event)
    expect(KnownEvent.parse(event)).toEqual(event)
    expect(event).toMatchObject({
      correlationid: 'batch-1',
      causationid: 'event-0',
      traceparent: connected.traceparent,
    })
  })

  it('is refused without its data', () => {
    const { data: _, ...event } = cloudEvent(fact, around)
    expect(JobEvent.safeParse(event).success).toBe(false)
  })
})

describe('events', () => {
  it('are all tried here', () => {
    expect(facts.map(({ type }) => type).sort()).toEqual(Object.keys(eventData).sort())
  })

  it('of other types are refused', () => {
    const event = cloudEvent({ type: 'pdfsmaller.job.paused.v1', data: {} }, around)
    expect(JobEvent.safeParse(event).success).toBe(false)
  })

  it.each([
    { tenant: 'two.tokens' },
    { task: '' },
    { requester: 'x'.repeat(65) },
    { tag: 'x'.repeat(201) },
    { batchId: 'batch' },
    { limits: { retries: -1, softSeconds: 1, hardSeconds: 1 } },
  ])('are refused with %j', (over) => {
    const [requested] = facts
    const event = cloudEvent(
      { type: 'pdfsmaller.job.requested.v1', data: { ...requested?.data, ...over } },
      around,
    )
    expect(JobEvent.safeParse(event).success).toBe(false)
  })
})

it('progress is a CloudEvent', () => {
  const data = { attempt: 1, percentage: 12.5, stage: 'analysis', current: 1, total: 8, message: 'page 1' }
  const event = cloudEvent({ type: 'pdfsmaller.job.progressed.v1' as const, data }, around)
  expect(CloudEvent.parse(event)).toEqual(event)
  expect(JobProgressed.parse(event)).toEqual(event)
  expect(JobProgressed.safeParse({ ...event, data: { ...data, percentage: 101 } }).success).toBe(false)
})

it('an abandoned upload is a CloudEvent', () => {
  const data = { tenant: 'acme', prefix: 'acme/1/in/a.', multipart: [{ key: 'k', uploadId: 'u' }] }
  const event = cloudEvent({ type: 'pdfsmaller.upload.abandoned.v1' as const, data }, around)
  expect(CloudEvent.parse(event)).toEqual(event)
  expect(UploadAbandoned.parse(event)).toEqual(event)
  expect(KnownEvent.parse(event)).toEqual(event)
})
