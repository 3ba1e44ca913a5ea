import { type Failure, type FailureCode, failureOf, JobFailure } from '@pdf-smaller/contracts'

/** What is told to the user as a failure, and is our bug all the same. */
const bugs = new Set<FailureCode>(['internal_error', 'result_damaged'])

/**
 * What an attempt fails with, whatever was thrown; `foreseen` is false for bugs, which are logged with their stack.
 * @param folder that of the workspaces, to be named where its disk is full
 */
export function attemptFailure(
  error: unknown,
  folder = '',
): { failure: Failure; told: JobFailure; foreseen: boolean } {
  const found = asJobFailure(error)
  const told = found?.code === 'work_disk_full' ? new JobFailure(found.code, folder, { cause: error }) : found
  return {
    failure: failureOf(told ?? error),
    told: told ?? new JobFailure('internal_error', '', { cause: error }),
    foreseen: told !== undefined && !bugs.has(told.code),
  }
}

function asJobFailure(error: unknown): JobFailure | undefined {
  if (error instanceof JobFailure) return error
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return new JobFailure('work_disk_full', '', { cause: error })
  if (error.code === 'ENOMEM') return new JobFailure('out_of_memory', '', { cause: error })
  return undefined
}
