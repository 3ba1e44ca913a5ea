import { ProblemError, UnreachableError } from '@pdf-smaller/client/node'
import { describeFailure, failures } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { NoServiceError, UsageError } from './exit.ts'
import { nearest } from './suggest.ts'
import { endOf, inOwnTerms } from './told.ts'

const problem = (code: string, detail: string) =>
  new ProblemError({ code, detail, status: 400, title: '', retryable: false, traceId: 'abc' })

describe('a failure', () => {
  it.each(Object.keys(failures))('%s is told without a word of HTTP', (code) => {
    const known = Object.entries(failures).find(([name]) => name === code)
    const message = known && describeFailure(code as keyof typeof failures, 'so it is').message
    const told = inOwnTerms(code, message ?? '')
    expect(told).toContain('so it is')
    expect(told).not.toMatch(
      /\b(GET|POST|PUT|DELETE|header|Header|Bearer|Retry-After|multipart|Idempotency|Allow|cursor|endpoint)\b|\/api|\/docs|openapi|from=|option "?\w+"? to "|engine "|output "|as "with"|Last-Event-ID/,
    )
  })

  it('names options by their flags', () => {
    const told =
      'An option is unknown or has a wrong value: options/keepMetadata: it is odd; /options/languages/0: no'
    expect(inOwnTerms('other', told)).toBe(
      'An option is unknown or has a wrong value: --keep-metadata: it is odd; --languages: no',
    )
  })

  it('has an exit code that stays', () => {
    expect(endOf(new UsageError('no'))).toMatchObject({ code: 'usage', exitCode: 2 })
    expect(endOf(new UnreachableError('no'))).toMatchObject({ code: 'unreachable', exitCode: 3 })
    expect(endOf(new NoServiceError('no'))).toMatchObject({ code: 'unreachable', exitCode: 3 })
    expect(endOf(problem('unknown_answer', 'no'))).toMatchObject({ exitCode: 3 })
    expect(endOf(problem('unknown_job', 'no'))).toEqual({
      code: 'unknown_job',
      message: 'unknown_job: no',
      exitCode: 1,
    })
    expect(endOf(problem('unknown_job', 'no'), true).message).toBe('unknown_job: no (trace abc)')
    expect(endOf(Object.assign(new Error('full'), { code: 'ENOSPC' }))).toMatchObject({
      code: 'ENOSPC',
      exitCode: 1,
    })
  })
})

it.each([
  ['statsu', 'status'],
  ['JOBS', 'jobs'],
  ['compres', 'compress'],
  ['frobnicate', undefined],
  ['x', undefined],
])('%s may be meant as %s', (given, expected) => {
  expect(nearest(given, ['status', 'jobs', 'compress', 'constructor'])).toBe(expected)
})
