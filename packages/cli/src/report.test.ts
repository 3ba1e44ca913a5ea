import type { JobView } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { progressLine } from './bar.ts'
import { outcomeLines, size } from './report.ts'

const job: JobView = {
  id: '01936f3c-0000-7000-8000-000000000001',
  tenant: 'default',
  domain: 'compression',
  task: 'compress',
  status: 'completed',
  attempt: 1,
  retries: 0,
  limits: { retries: 3, softSeconds: 1, hardSeconds: 2 },
  requestedAt: '2026-01-01T00:00:00.000Z',
  requester: 'anonymous',
  inputs: [],
  options: {},
  outputs: [],
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
      { name: 'other', outcome: 'beaten', bytes: 1_100_000, saved: -100_000 },
    ],
  },
}

describe('the report of a job', () => {
  it('tells sizes before and after, and what each pass saved', () => {
    expect(outcomeLines('a.pdf', job, 'b.pdf')).toEqual([
      'a.pdf: 1.00 MB → 250.0 kB (75.0 % smaller) → b.pdf',
      '  surgical             won       saves 750.0 kB',
      '  ghostscript          rejected  saves 800.0 kB; it changed the outline',
      '  other                beaten    adds 100.0 kB',
    ])
  })

  it('says why nothing was gained', () => {
    const result = {
      bytesBefore: 10,
      bytesAfter: 10,
      gain: 'none',
      reason: 'it is small already',
      passes: [],
    }
    expect(outcomeLines('a.pdf', { ...job, result }, undefined)).toEqual([
      'a.pdf: 10 B, not made smaller: it is small already',
    ])
  })

  it('names the code of a failure', () => {
    const failure = {
      class: 'UnsupportedFormatError',
      code: 'damaged_pdf',
      message: 'Broken.',
      retryable: false,
    } as const
    expect(outcomeLines('a.pdf', { ...job, status: 'failed', failure }, undefined)).toEqual([
      'a.pdf: failed (damaged_pdf). Broken.',
    ])
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

it('draws a line that fits the terminal', () => {
  const line = progressLine(
    'a-file-with-quite-a-long-name-indeed.pdf',
    { percentage: 50, stage: 'compression', message: 'stream 5 of 10' },
    79,
  )
  expect(line.length).toBeLessThanOrEqual(79)
  expect(line).toContain('████████████░░░░░░░░░░░░  50 % compression')
})
