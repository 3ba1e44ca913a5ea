import { readFile } from 'node:fs/promises'
import { JobView } from '@pdf-smaller/contracts'
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '@pdf-smaller/testing/otlp-receiver'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const example = new URL('../../examples/form.pdf', import.meta.url)
const callersSpan = 'b7ad6b7169203331'
const callersTrace = (number: number) => number.toString(16).padStart(32, 'a')
const traceparent = (number: number, flags = '01') => `00-${callersTrace(number)}-${callersSpan}-${flags}`
const notOurs = `00-${'c'.repeat(32)}-${callersSpan}`
const hostile = [
  `${notOurs}-01-more`,
  `${notOurs.replace('00-', 'ff-')}-01`,
  `${notOurs.toUpperCase()}-01`,
  `${notOurs}-01, ${notOurs}-01`,
  `00-${'c'.repeat(32)}-${'0'.repeat(16)}-01`,
  `${notOurs}-01${'-'.repeat(8000)}`,
  "00-'; drop table jobs; --",
]

let receiver: OtlpReceiver
let system: RunningSystem
/** Jobs that were done while the receiver listened, and what was answered. */
let done: { whole: JobView; again: JobView; damaged: JobView; retried: JobView }
let answers: { unsampled: Response; unknown: Response; hostile: (string | null)[] }

beforeAll(async () => {
  receiver = await startOtlpReceiver()
  system = await startSystemProcess({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    // Whatever arrives was sent as the system ended.
    OTEL_BSP_SCHEDULE_DELAY: '600000',
    OTEL_SERVICE_NAME: 'pdfs',
  })
  const pdf = await readFile(example)
  const damagedPdf = Buffer.from('%PDF-1.7\nthis is cut off')
  const whole = await compress(pdf, traceparent(1))
  const again = await compress(pdf, traceparent(2))
  const damaged = await compress(damagedPdf, traceparent(3))
  const retried = await post(`/api/jobs/${damaged.id}/retry`, traceparent(4))
  done = { whole, again, damaged, retried: JobView.parse(await retried.json()) }
  answers = {
    unsampled: await fetch(`${system.url}/api/jobs/${whole.id}`, {
      headers: { traceparent: traceparent(5, '00') },
    }),
    unknown: await fetch(`${system.url}/api/jobs/${whole.id}/nothing/salaries.pdf`),
    hostile: [],
  }
  for (const header of hostile) {
    const { headers } = await fetch(`${system.url}/api/jobs/${whole.id}`, {
      headers: { traceparent: header },
    })
    answers.hostile.push(headers.get('traceparent'))
  }
  await fetch(`${system.url}/readyz`)
  expect(await system.end('SIGTERM')).toBe(0)
})
afterAll(async () => {
  await system.close()
  await receiver.close()
})

const post = (path: string, parent: string, body?: FormData) =>
  fetch(`${system.url}${path}`, {
    method: 'POST',
    headers: { traceparent: parent, prefer: 'wait=60' },
    ...(body ? { body } : {}),
  })

async function compress(pdf: Buffer, parent: string): Promise<JobView> {
  const form = new FormData()
  form.set('fresh', 'true')
  form.set('tag', 'salaries-tag')
  form.set('file', new Blob([Uint8Array.from(pdf)], { type: 'application/pdf' }), 'salaries.pdf')
  return JobView.parse(await (await post('/api/tasks/compress/jobs', parent, form)).json())
}

const inTrace = (number: number) => receiver.spans().filter(({ traceId }) => traceId === callersTrace(number))
const parentOf = (span: ReceivedSpan) => receiver.spans().find(({ spanId }) => spanId === span.parentSpanId)
const pathOf = (span: ReceivedSpan): string[] => {
  const parent = parentOf(span)
  return [...(parent ? pathOf(parent) : []), span.name]
}

describe('a job in the trace of its caller', () => {
  it('is one tree from the request to the engines', () => {
    for (const [number, job] of [
      [1, done.whole],
      [2, done.again],
    ] as const) {
      const spans = inTrace(number)
      const roots = spans.filter((span) => !parentOf(span))
      expect(roots.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
        ['POST /api/tasks/:task/jobs', callersSpan],
      ])
      const paths = spans.map((span) => pathOf(span).slice(1).join(' > '))
      const attempt = 'send JOBS > process JOBS'
      expect(paths).toEqual(
        expect.arrayContaining([
          'send JOBS',
          attempt,
          `${attempt} > send JOBS`,
          `${attempt} > fetch`,
          `${attempt} > run compress`,
          `${attempt} > run compress > pdftotext`,
          `${attempt} > upload`,
          `${attempt} > outcome > send JOBS`,
        ]),
      )
      const jobs = spans.flatMap(({ attributes }) => attributes['pdf_smaller.job.id'] ?? [])
      expect(new Set(jobs)).toEqual(new Set([job.id]))
      for (const span of spans) expect(span.endTimeUnixNano).toBeGreaterThanOrEqual(span.startTimeUnixNano)
    }
  })

  it('tells of programs what they are and how they ended, and nothing that they were told', () => {
    const engines = inTrace(1).filter(
      ({ attributes }) => attributes['process.executable.name'] === 'pdftotext',
    )
    for (const { attributes } of engines)
      expect(Object.keys(attributes).sort()).toEqual([
        'pdf_smaller.engine.peak_bytes',
        'process.executable.name',
        'process.exit.code',
      ])
    expect(receiver.bodies().join()).not.toContain('salaries')
  })

  it('tells why it failed, and what is asked for again is linked to it', () => {
    const failed = inTrace(3).find(({ name }) => name === 'process JOBS')
    expect(failed).toMatchObject({
      attributes: { 'error.type': 'damaged_pdf', 'pdf_smaller.job.status': 'failed' },
      status: { code: 2 },
    })
    expect(done.retried.retryOf).toBe(done.damaged.id)
    const sent = inTrace(4).find(({ name }) => name === 'send JOBS')
    expect(sent?.links.map(({ traceId }) => traceId)).toEqual([callersTrace(3)])
  })

  it('is found from the lines of the log', () => {
    const lines = system
      .log()
      .split('\n')
      .filter((line) => line.startsWith('{'))
    const ofJob = (id: string) =>
      lines.map((line): Record<string, unknown> => JSON.parse(line)).filter(({ jobId }) => jobId === id)
    for (const [number, job] of [
      [1, done.whole],
      [2, done.again],
      [3, done.damaged],
    ] as const) {
      const told = ofJob(job.id)
      expect(told.length).toBeGreaterThanOrEqual(2)
      for (const { trace_id } of told) expect(trace_id).toBe(callersTrace(number))
      const spans = new Set(inTrace(number).map(({ spanId }) => spanId))
      for (const { span_id } of told) expect(spans).toContain(span_id)
    }
  })
})

describe('requests', () => {
  it('with a header that is no trace context begin a trace of their own', () => {
    expect(answers.hostile).toHaveLength(hostile.length)
    for (const header of answers.hostile) expect(header).toMatch(/^00-(?!c{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    expect(receiver.spans().filter(({ traceId }) => traceId === 'c'.repeat(32))).toEqual([])
    expect(receiver.bodies().join()).not.toContain('drop table')
  })

  it('that their caller does not record are not recorded, and say so', () => {
    expect(answers.unsampled.headers.get('traceparent')).toMatch(new RegExp(`^00-${callersTrace(5)}-.*-00$`))
    expect(inTrace(5)).toEqual([])
  })

  it('tell what they were refused with, without their address; those of the platform tell nothing', () => {
    const [, trace] = answers.unknown.headers.get('traceparent')?.split('-') ?? []
    expect(receiver.spans().filter(({ traceId }) => traceId === trace)).toMatchObject([
      {
        name: 'GET',
        attributes: { 'http.request.method': 'GET', 'http.response.status_code': 404 },
        status: { code: 0 },
      },
    ])
    expect(receiver.spans().map(({ name }) => name)).not.toContain('GET /readyz')
    expect(receiver.resources()[0]).toMatchObject({ 'service.name': 'pdfs' })
  })
})
