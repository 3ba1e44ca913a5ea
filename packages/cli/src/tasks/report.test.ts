import { describeFailure, type JobView } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { statusLines } from '../commands/status/run.ts'
import { jobRow } from '../jobs/rows.ts'
import { type Paint, plain } from '../screen/paint.ts'
import { completedLines, failureText, sayFinished } from './report.ts'

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

const shown = { saved: ['b.pdf'], paint: plain, verbose: false }

describe('a job that has completed', () => {
  it('is told in sizes, and on request by what each pass saved', () => {
    const line = 'a.pdf   1.00 MB → 250.0 kB  75.0 % smaller  b.pdf'
    expect(completedLines('a.pdf', job, shown)).toEqual([line])
    expect(completedLines('a.pdf', job, { ...shown, verbose: true })).toEqual([line, ...passes])
  })

  it('is told in the sentences of its report', () => {
    const text = (sentence: string) => ({ text: sentence })
    const result = {
      bytesBefore: 1_000_000,
      bytesAfter: 250_000,
      gain: 'smaller',
      passes: [{ name: 'surgical', outcome: 'won', saved: 750_000, text: 'Packed anew: taken.' }],
      target: { outcome: 'reached', text: '260.0 kB asked for.' },
      pictures: [text('A picture on page 1.')],
      morePictures: text('9 more.'),
      otherLevels: [{ level: 'high', ...text('The level high would give less.') }],
    }
    const size = '  260.0 kB asked for.'
    const why = ['Packed anew: taken.', 'A picture on page 1.', '9 more.', 'The level high would give less.']
    const told = completedLines('a.pdf', { ...job, result }, { ...shown, verbose: true })
    expect(told.slice(1)).toEqual([size, ...why.map((line) => `  ${line}`)])
    expect(completedLines('a.pdf', { ...job, result }, shown).slice(1)).toEqual([size])
  })

  it('tells of the earlier job whose result it is', () => {
    const lines = completedLines('a.pdf', { ...job, reusedFrom: job.id }, { ...shown, verbose: true })
    expect(lines.at(-1)).toBe(`  as job ${job.id} made it`)
  })

  it('is told of each file of a batch', () => {
    const { code, message } = describeFailure('encrypted_pdf')
    const result = {
      files: [
        { outcome: 'compressed', name: 'a.pdf', entry: 'a.pdf', report: job.result },
        { outcome: 'failed', name: 'b\u001b[31m.pdf', failure: { code, message } },
      ],
    }
    expect(completedLines('a.pdf', { ...job, result }, { ...shown, saved: ['all.zip'] })).toEqual([
      '1 of 2 files  all.zip',
      '  a.pdf   1.00 MB → 250.0 kB  75.0 % smaller',
      `  b [31m.pdf: failed (encrypted_pdf). ${message}`,
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
    expect(completedLines('a.pdf', { ...job, result }, shown)).toEqual([
      'a.pdf      10 B →     10 B  not smaller: it is small already  b.pdf',
    ])
  })

  it('is told by its files where the task reports something else', () => {
    const other = { ...job, result: { pages: 3 } }
    expect(completedLines('a.pdf', other, { ...shown, saved: ['a.zip', 'a.txt'] })).toEqual([
      'a.pdf   1.00 MB → 250.0 kB  a.zip, a.txt',
    ])
    expect(completedLines('check', { ...other, inputs: [], outputs: [] }, { ...shown, saved: [] })).toEqual([
      'check  completed',
    ])
  })

  it('is painted', () => {
    const paint: Paint = (format, text) => `<${format}>${text}</>`
    expect(completedLines('a.pdf', job, { ...shown, paint })[0]).toContain('<green>75.0 % smaller</>')
  })
})

describe('what came of a file', () => {
  const said = (finished: Parameters<typeof sayFinished>[0], json = false) => {
    const [results, aside]: [string[], string[]] = [[], []]
    const tell = (told: { json: unknown; lines: () => readonly string[] }) =>
      void results.push(...(json ? [JSON.stringify(told.json)] : told.lines()))
    const complain = (line: string) => void aside.push(line)
    const code = sayFinished(finished, { tell, complain, json, verbose: false, paint: plain }, [
      'a.pdf',
      'long.pdf',
    ])
    return { code, results, aside }
  }

  it('stands in columns', () => {
    expect(said({ name: 'a.pdf', job, saved: ['b.pdf'] })).toEqual({
      code: 0,
      results: ['a.pdf      1.00 MB → 250.0 kB  75.0 % smaller  b.pdf'],
      aside: [],
    })
  })

  it('is told aside when it is a failure, in the words of the command line', () => {
    const { message } = describeFailure('worker_lost')
    const lost: JobView = { ...failed, failure: describeFailure('worker_lost') }
    const { code, results, aside } = said({ name: 'a.pdf', job: lost, saved: [] })
    expect({ code, results }).toEqual({ code: 1, results: [] })
    expect(message).toContain('POST')
    expect(aside).toEqual([
      'a.pdf: failed (worker_lost). The worker was lost while it ran the job. Run it again as a new job: pdf-smaller retry ID; the operator has to look after the workers.',
    ])
    expect(said({ name: 'a.pdf', error: new Error('no way') })).toEqual({
      code: 1,
      results: [],
      aside: ['a.pdf: no way'],
    })
  })

  it('is a line of JSON, whatever it is', () => {
    for (const finished of [
      { name: 'a.pdf', job, saved: ['b.pdf'] },
      { name: 'a.pdf', job: failed, saved: [] },
      { name: 'a.pdf', error: new Error('no way') },
    ]) {
      const { results } = said(finished, true)
      expect(results.map((line): unknown => JSON.parse(line))).toMatchObject([{ file: 'a.pdf' }])
    }
  })

  it('is a cancellation', () => {
    expect(failureText({ ...failed, status: 'cancelled' })).toBe('cancelled')
  })
})

describe('a job', () => {
  it('is told in a row', () => {
    const sizes = '1.00 MB → 250.0 kB'
    expect(jobRow(job)).toEqual([job.id, 'completed', 'compress', '2026-01-01 10:20:30', sizes, 'a.pdf'])
    expect(jobRow({ ...job, inputs: [file, file, file] }).at(-1)).toBe('a.pdf and 2 more')
    expect(jobRow({ ...job, inputs: [] }).slice(-2)).toEqual(['', ''])
  })

  const lines = (view: JobView) => statusLines(view, { paint: plain, verbose: false })

  it('is told in full when it has ended', () => {
    expect(lines(job)).toEqual([
      `job           ${job.id}`,
      'task          compress',
      'status        completed',
      'requested     2026-01-01 10:20:30 UTC',
      'input         a.pdf (1.00 MB)',
      'output        a.pdf (250.0 kB)',
      'attempt       2',
      'retries       1 of 3',
      'a.pdf   1.00 MB → 250.0 kB  75.0 % smaller',
    ])
  })

  it('is told in full while it waits and runs', () => {
    const failure = describeFailure('engine_failed')
    const nextAttemptAt = '2026-01-01T10:21:30.000Z'
    const retrying: JobView = { ...withoutResult, outputs: [], status: 'retrying', failure, nextAttemptAt }
    expect(lines({ ...retrying, tag: 'mine' })).toEqual(
      expect.arrayContaining([
        'tag           mine',
        'next attempt  2026-01-01 10:21:30 UTC',
        `last failure  ${failure.message}`,
      ]),
    )
    const progress = {
      attempt: 2,
      percentage: 42,
      stage: 'compression',
      current: 1,
      total: 3,
      message: 'page 1',
    }
    expect(lines({ ...withoutResult, outputs: [], status: 'running', progress })).toContain(
      'progress      42 % compression page 1',
    )
  })
})
