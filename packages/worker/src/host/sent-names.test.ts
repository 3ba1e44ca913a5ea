import { JobFailure } from '@pdf-smaller/contracts'
import { expect, it } from 'vitest'
import { sentNames } from './sent-names.ts'

const names = sentNames([
  { path: '/work/j/in-0-a.pdf', name: 'ä $& b.pdf' },
  { path: '/work/j/in-1-a.pdf', name: 'a.pdf' },
  { path: '/work/j/in-10-a.pdf.pdf', name: 'ten.pdf' },
])

it.each([
  ['in-0-a.pdf: no trailer', 'ä $& b.pdf: no trailer'],
  ['a.pdf: in-1-a.pdf: no trailer', 'a.pdf: no trailer'],
  ['qpdf exited with code 2: /work/j/in-10-a.pdf.pdf', 'qpdf exited with code 2: ten.pdf'],
  ['in-7-a.pdf', 'in-7-a.pdf'],
])('a failure for "%s" is told as "%s"', (why, told) => {
  const failure = names.failure(new JobFailure('damaged_pdf', why, { final: true, retryAfterMs: 5 }))
  expect(failure).toMatchObject({ code: 'damaged_pdf', why: told, final: true, retryAfterMs: 5 })
})

it('a result is told with them at any depth', () => {
  const result = { files: [{ name: 'x', failure: { message: 'in-0-a.pdf: no' }, pages: 3 }], none: null }
  expect(names.value(result)).toEqual({
    files: [{ name: 'x', failure: { message: 'ä $& b.pdf: no' }, pages: 3 }],
    none: null,
  })
})
