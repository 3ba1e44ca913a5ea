import { expect, it } from 'vitest'
import type { ListedJob } from '../../api/job.ts'
import { matches, noFilter, placesOf, rowsOf } from './rows.ts'
import { drawn } from './windowing.ts'

const file = (name: string, sha256: string) => ({
  key: name,
  name,
  size: 1,
  sha256,
  contentType: 'application/pdf',
})

const job = (id: string, over: Partial<ListedJob> = {}): ListedJob => ({
  id,
  domain: 'compression',
  task: 'compress',
  status: 'completed',
  attempt: 1,
  retries: 0,
  limits: { retries: 3 },
  requestedAt: '2026-01-01T00:00:00.000Z',
  inputs: [file(`${id}.pdf`, `in-${id}`)],
  outputs: [file(`${id}-small.pdf`, `out-${id}`)],
  revision: 1,
  ...over,
})

const open = new Set<string>()

it('folds batches, wherever their jobs stand, into the line of the newest', () => {
  const jobs = [job('d', { batchId: 'b' }), job('c'), job('a', { batchId: 'b' })]
  expect(rowsOf(jobs, open)).toEqual([
    { kind: 'group', key: 'b', chain: false, ids: ['d', 'a'], isOpen: false },
    { kind: 'job', id: 'c', inside: false },
  ])
  expect(rowsOf(jobs, new Set(['b'])).map((row) => (row.kind === 'job' ? row.id : row.key))).toEqual([
    'b',
    'd',
    'a',
    'c',
  ])
})

it('folds chains: jobs that were run again, and jobs that go on with what others have made', () => {
  const jobs = [
    job('d', { inputs: [file('x.pdf', 'out-c')] }),
    job('c', { retryOf: 'a' }),
    job('b'),
    job('a', { status: 'failed', outputs: [] }),
  ]
  expect(rowsOf(jobs, open)).toEqual([
    { kind: 'group', key: 'a', chain: true, ids: ['d', 'c', 'a'], isOpen: false },
    { kind: 'job', id: 'b', inside: false },
  ])
})

it('makes no chain of a file that came out as it went in, nor with one job of a batch', () => {
  const same = job('b', { inputs: [file('x.pdf', 'x')], outputs: [file('x.pdf', 'x')] })
  const next = job('c', { inputs: [file('x.pdf', 'x')] })
  expect(rowsOf([next, same], open).every(({ kind }) => kind === 'job')).toBe(true)
  const made = job('b', { batchId: 'batch' })
  const onward = job('c', { inputs: [file('x.pdf', 'out-b')] })
  expect(rowsOf([onward, made], open).every(({ kind }) => kind === 'job')).toBe(true)
})

it('finds jobs by file, task, tag, state and id', () => {
  const one = job('0198f0a0', { tag: 'March' })
  for (const text of ['0198F0A0.PDF', 'comp', 'march', '98f0'])
    expect(matches(one, { ...noFilter, text })).toBe(true)
  expect(matches(one, { ...noFilter, text: 'april' })).toBe(false)
  expect(matches(one, { ...noFilter, status: 'failed' })).toBe(false)
  expect(matches(one, { ...noFilter, tag: 'march' })).toBe(false)
  expect(matches(one, { ...noFilter, task: 'compress', status: 'completed' })).toBe(true)
})

it('gives each waiting job its place among those of its domain, the oldest first', () => {
  const jobs = [
    job('c', { status: 'queued' }),
    job('b', { status: 'queued', domain: 'ocr' }),
    job('a', { status: 'queued' }),
  ]
  expect(placesOf([...jobs, job('0')])).toEqual(
    new Map([
      ['a', 1],
      ['b', 1],
      ['c', 2],
    ]),
  )
})

it.each([
  { rows: 10_000, top: 0, first: 0, end: 20 },
  { rows: 10_000, top: 500_000, first: 4992, end: 5020 },
  { rows: 10_000, top: 999_000, first: 9982, end: 10_000 },
  { rows: 3, top: 900_000, first: 2, end: 3 },
  { rows: 0, top: 0, first: 0, end: 0 },
  { rows: 50, top: -400, first: 0, end: 16 },
])('draws what is seen of $rows rows at $top, and a little more', ({ rows, top, first, end }) => {
  expect(drawn(rows, { top, height: 1200, row: 100 })).toEqual({ first, end })
})
