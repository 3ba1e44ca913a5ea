import { z } from 'zod'
import { failures } from './failures.ts'
import { growing } from './growing.ts'
import { retryMatrix } from './retry-matrix.ts'

/** The keys of a table, for an enumeration. */
export function keysOf<K extends string>(table: Record<K, unknown>): [K, ...K[]] {
  return Object.keys(table) as [K, ...K[]]
}

export const FailureClass = z.enum(keysOf(retryMatrix))
export type FailureClass = z.infer<typeof FailureClass>

export const FailureCode = growing(z.enum(keysOf(failures)))
export type FailureCode = z.infer<typeof FailureCode>

const longestMessage = 2000

/** A failure as it is told in events, statuses and problem documents. */
export const Failure = z.object({
  class: FailureClass,
  code: FailureCode,
  /** What failed, why and what to do, in one line. */
  message: z.string().max(longestMessage),
  retryable: z.boolean(),
  /** How long another service asked to be left alone, milliseconds. */
  retryAfterMs: z.int().nonnegative().optional(),
})
export type Failure = z.infer<typeof Failure>

/**
 * The one error that tells of a foreseen failure. `why` says what was special this time;
 * the title and the remedy come from the table.
 */
export class JobFailure extends Error {
  override readonly name = 'JobFailure'
  readonly code: FailureCode
  readonly why: string
  /** Another attempt would end in the same way, whatever the class of the failure says. */
  readonly final: boolean
  /** How long another service asked to be left alone, milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: FailureCode,
    why = '',
    {
      final = false,
      retryAfterMs,
      ...options
    }: { cause?: unknown; final?: boolean; retryAfterMs?: number | undefined } = {},
  ) {
    super(titleWith(code, why), options)
    this.code = code
    this.why = why
    this.final = final
    this.retryAfterMs = retryAfterMs
  }
}

function titleWith(code: FailureCode, why: string): string {
  return why ? `${failures[code].title}: ${why}` : failures[code].title
}

/** How a failure is told: title, what was special, remedy. One that is final is not tried again. */
export function describeFailure(
  code: FailureCode,
  why = '',
  { final = false, retryAfterMs }: { final?: boolean; retryAfterMs?: number | undefined } = {},
): Failure {
  const row = failures[code]
  const told = titleWith(code, why.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, ''))
  return {
    class: row.class,
    code,
    // A cut may go through a character; half of one is no valid text.
    message: `${told.slice(0, longestMessage - row.fix.length - 2).toWellFormed()}. ${row.fix}`,
    retryable: !final && retryMatrix[row.class].retries > 0,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(retryAfterMs) }),
  }
}

/** Any thrown value as a failure; what nobody foresaw is a bug and is told without its details. */
export function failureOf(error: unknown): Failure {
  return error instanceof JobFailure
    ? describeFailure(error.code, error.why, error)
    : describeFailure('internal_error')
}
