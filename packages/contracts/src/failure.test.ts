import { describe, expect, it } from 'vitest'
import { describeFailure, Failure, FailureCode, failureOf, JobFailure } from './failure.ts'
import { failures } from './failures.ts'
import { retryMatrix } from './retry-matrix.ts'

describe.each(FailureCode.options)('%s', (code) => {
  const row = failures[code]

  it('says what failed and what to do', () => {
    expect(row.title).toMatch(/^[A-Z].*[^.\s]$/)
    expect(row.fix).toMatch(/^[A-Z]\S+ .*\S$/)
  })

  it('has the status of an error', () => {
    expect(row.http).toBeGreaterThanOrEqual(400)
    expect(row.http).toBeLessThan(600)
  })

  it('is told as the schema of failures has it', () => {
    const failure = describeFailure(code)
    expect(Failure.parse(failure)).toEqual(failure)
    expect(failure.message).toBe(`${row.title}. ${row.fix}`)
    expect(failure.retryable).toBe(retryMatrix[row.class].retries > 0)
  })
})

describe('describeFailure', () => {
  it('says what was special between title and remedy, in one line', () => {
    expect(describeFailure('engine_failed', ' qpdf ended\n  with 2.  ')).toEqual({
      class: 'ProcessingError',
      code: 'engine_failed',
      message:
        'A PDF engine failed: qpdf ended with 2. Nothing to do while the job is tried again; else report the file.',
      retryable: true,
    })
  })

  it.each(['x', '😀', '\ud83d'])(
    'cuts a long story of %j, keeps the remedy, and stays well formed',
    (text) => {
      const { message } = describeFailure('damaged_pdf', text.repeat(5000))
      expect(Failure.shape.message.parse(message)).toBe(message)
      expect(message.endsWith(`. ${failures.damaged_pdf.fix}`)).toBe(true)
      expect(message.isWellFormed()).toBe(true)
    },
  )
})

describe('failureOf', () => {
  it('tells a foreseen failure', () => {
    expect(failureOf(new JobFailure('too_large', 'the limit is 5 MB'))).toEqual(
      describeFailure('too_large', 'the limit is 5 MB'),
    )
  })

  it('tells that a final failure is not tried again', () => {
    const failure = failureOf(new JobFailure('engine_timeout', 'processor time', { final: true }))
    expect(failure).toMatchObject({ class: 'TimeoutError', retryable: false })
  })

  it('tells how long another service wants to be left alone', () => {
    const failure = failureOf(new JobFailure('llm_rate_limited', '', { retryAfterMs: 1500.2 }))
    expect(Failure.parse(failure)).toMatchObject({ retryable: true, retryAfterMs: 1501 })
  })

  it.each([new Error('secret'), 'secret', undefined])('tells a bug without its details: %s', (error) => {
    expect(failureOf(error)).toEqual(describeFailure('internal_error'))
  })
})

describe('JobFailure', () => {
  it('carries title, reason and cause', () => {
    const cause = new Error('ENOSPC')
    const failure = new JobFailure('storage_full', 'no byte is left', { cause })
    expect(failure).toMatchObject({ name: 'JobFailure', code: 'storage_full', why: 'no byte is left', cause })
    expect(failure.message).toBe('The object store is full: no byte is left')
    expect(new JobFailure('storage_full').message).toBe('The object store is full')
  })
})
