import { z } from 'zod'

const Problem = z.object({
  status: z.number(),
  title: z.string(),
  detail: z.string().optional(),
  code: z.string().optional(),
  retryable: z.boolean().optional(),
})

/** An error that the service answered with (RFC 9457), or told of as well as its answer allows. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: number
  readonly code: string
  readonly retryable: boolean

  constructor(status: number, code: string, message: string, retryable: boolean) {
    super(message)
    this.status = status
    this.code = code
    this.retryable = retryable
  }
}

/** Reads what went wrong out of an answer. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const text = await response.text()
  const parsed = Problem.safeParse(jsonOf(text))
  if (!parsed.success) {
    const message = `the service answered ${response.status} ${response.statusText}`.trim()
    return new ProblemError(response.status, 'unknown_answer', message, response.status >= 500)
  }
  const { status, title, detail, code = 'unknown_answer', retryable = false } = parsed.data
  return new ProblemError(status, code, detail ?? title, retryable)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
