import { describeFailure, type JobView } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { statusLines } from './commands/status.ts'
import { jobLine, outcomeLines, size } from './report.ts'
import type { Paint } from './rows.ts'

const plain: Paint = (_, text) => text
const file = {
  key: 'default/1/in/a.0/a.pdf',
  name: 'a.pdf',
  size: 1_000_000,
  sha256: 'ab',
  contentType: 'application/pdf',
}

const job: JobView = {
  id: '01936f3c-0000-7000-8000-000000000001',
  tenant: 'default',
  domain: 'compression',
  task: 'compress',
  status: 'completed',
  attempt: 2,
  retries: 1,
  limits: { retries: 3, softSeconds: 1, hardSeconds: 2 },
  requestedAt: '2026-01-01T10:20:30.456Z',
  requester: 'anonymous',
  inputs: [file],
  options: {},
  outputs: [{ ...file, size: 250_000 }],
  correlationId: 'x',
  revision: 3,
  result: {
    bytesBefore: 1_000_000,
    bytesAfter: 250_000,
    gain: 'smaller',
    passes: [
      { name: 'surgical', outcome: 'won', bytes: 250_000, saved: 750_000 },
      {
        name: 'ghostscript',
        outcome: 'rejected',
        bytes: 200_000,
        saved: 800_000,
        why: 'it changed the outline',
      },
      { name: 'other', outcome: 'kept', bytes: 1_100_000, saved: -100_000 },
      { name: 'fonts', outcome: 'skipped', why: 'there are none' },
    ],
  },
}
const { result: _, ...withoutResult } = job
const failed: JobView = { ...withoutResult, status: 'failed', failure: describeFailure('damaged_pdf') }

const passes = [
  '  surgical             won       saves 750.0 kB',
  '  ghostscript          rejected  saves 800.0 kB; it changed the outline',
  '  other                kept      adds 100.0 kB',
  '  fonts                skipped   there are none',
]

describe('what came of a job', () => {
  it('is told in sizes, and by what each pass saved', () => {
    expect(outcomeLines('a.pdf', job, ['b.pdf'], plain)).toEqual([
      'a.pdf: 1.00 MB → 250.0 kB (75.0 % smaller) → b.pdf',
      ...passes,
    ])
  })

  it('tells of the earlier job whose result it is', () => {
    const lines = outcomeLines('a.pdf', { ...job, reusedFrom: job.id }, ['b.pdf'], plain)
    expect(lines[0]).toBe(`a.pdf: 1.00 MB → 250.0 kB (75.0 % smaller) → b.pdf, as job ${job.id} made it`)
  })

  it('is told of each file of a batch', () => {
    const { code, message } = describeFailure('encrypted_pdf')
    const result = {
      files: [
        { outcome: 'compressed', name: 'a.pdf', entry: 'a.pdf', report: job.result },
        { outcome: 'failed', name: 'b.pdf', failure: { code, message } },
      ],
    }
    expect(outcomeLines('a.pdf', { ...job, result }, ['all.zip'], plain)).toEqual([
      '1 of 2 files → all.zip',
      '  a.pdf: 1.00 MB → 250.0 kB (75.0 % smaller)',
      `  b.pdf: failed (encrypted_pdf). ${message}`,
    ])
  })

  it('is why nothing was gained', () => {
    const result = {
      bytesBefore: 10,
      bytesAfter: 10,
      gain: 'none',
      reason: 'it is small already',
      passes: [],
    }
    expect(outcomeLines('a.pdf', { ...job, result }, ['b.pdf'], plain)).toEqual([
      'a.pdf: 10 B, not made smaller: it is small already → b.pdf',
    ])
  })

  it('is the code of a failure and its message', () => {
    expect(outcomeLines('a.pdf', failed, [], plain)).toEqual([
      `a.pdf: failed (damaged_pdf). ${describeFailure('damaged_pdf').message}`,
    ])
  })

  it('is a cancellation', () => {
    expect(outcomeLines('a.pdf', { ...job, status: 'cancelled' }, [], plain)).toEqual(['a.pdf: cancelled'])
  })

  it('is the files, for a task that reports something else', () => {
    const other = { ...job, result: { pages: 3 } }
    expect(outcomeLines('a.pdf', other, ['a.zip', 'a.txt'], plain)).toEqual([
      'a.pdf: completed → a.zip, a.txt',
    ])
  })

  it('is painted', () => {
    const paint: Paint = (format, text) => `<${format}>${text}</>`
    expect(outcomeLines('a.pdf', job, [], paint)[0]).toContain('(<green>75.0 % smaller</>)')
    expect(outcomeLines('a.pdf', failed, [], paint)[0]).toContain('<red>failed (damaged_pdf)</>')
  })
})

describe('a job', () => {
  it('is told in one line', () => {
    expect(jobLine(job)).toBe(`${job.id}  completed  compress        2026-01-01 10:20:30  attempt 2  a.pdf`)
    expect(jobLine({ ...job, inputs: [file, file, file] })).toMatch(/ {2}a\.pdf and 2 more$/)
    expect(jobLine({ ...job, inputs: [] })).toMatch(/ {2}attempt 2$/)
  })

  it('is told in full when it has ended', () => {
    expect(statusLines(job)).toEqual([
      jobLine(job),
      '  input         a.pdf (1.00 MB)',
      '  output        a.pdf (250.0 kB)',
      '  retries       1 of 3',
      'a.pdf: 1.00 MB → 250.0 kB (75.0 % smaller)',
      ...passes,
    ])
  })

  it('is told in full while it waits and runs', () => {
    const failure = describeFailure('engine_failed')
    const retrying: JobView = {
      ...withoutResult,
      outputs: [],
      status: 'retrying',
      failure,
      nextAttemptAt: '2026-01-01T10:21:30.000Z',
      tag: 'mine',
    }
    expect(statusLines(retrying)).toEqual([
      jobLine(retrying),
      '  tag           mine',
      '  input         a.pdf (1.00 MB)',
      '  retries       1 of 3',
      '  next attempt  2026-01-01T10:21:30.000Z',
      `  last failure  ${failure.message}`,
    ])
    const progress = {
      attempt: 2,
      percentage: 42,
      stage: 'compression',
      current: 1,
      total: 3,
      message: 'page 1',
    }
    const running: JobView = { ...withoutResult, outputs: [], status: 'running', progress }
    expect(statusLines(running)).toContain('  progress      42 % compression page 1')
  })
})

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.00 kB'],
  [12_345, '12.3 kB'],
  [3_000_000_000, '3.00 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text)
})
