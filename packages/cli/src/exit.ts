import { ProblemError, unknownAnswer, UnreachableError } from '@pdf-smaller/client/node'

/** What the command ends with. */
export const exitCodes = { done: 0, failed: 1, usage: 2, unreachable: 3, interrupted: 130 } as const

/** Thrown for a command line that is not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Thrown when no service can be used: none answers, and none could be started. */
export class NoServiceError extends Error {
  override readonly name = 'NoServiceError'
}

/** An error as the command ends with it: what is told, and the exit code. */
export function endOf(error: unknown): { message: string; code: number } {
  if (error instanceof UsageError) return { message: error.message, code: exitCodes.usage }
  if (error instanceof UnreachableError || error instanceof NoServiceError)
    return { message: error.message, code: exitCodes.unreachable }
  if (error instanceof ProblemError)
    return {
      message: `${error.code}: ${error.message}`,
      code: error.code === unknownAnswer ? exitCodes.unreachable : exitCodes.failed,
    }
  return { message: error instanceof Error ? error.message : String(error), code: exitCodes.failed }
}
