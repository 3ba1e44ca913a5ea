import { type Failure, type FailureCode, failureOf, JobFailure } from '@pdf-smaller/contracts'
import { StoreFull, StoreUnavailable } from '@pdf-smaller/eventstore'
import { ObjectStoreError } from '@pdf-smaller/object-store'

const codeOfKind: Record<ObjectStoreError['kind'], FailureCode> = {
  missing: 'object_missing',
  corrupt: 'object_corrupt',
  full: 'storage_full',
  unavailable: 'storage_unavailable',
  denied: 'storage_unavailable',
  stalled: 'storage_unavailable',
  aborted: 'storage_unavailable',
  exists: 'internal_error',
  too_large: 'internal_error',
  size_mismatch: 'internal_error',
  invalid_key: 'internal_error',
  invalid_range: 'internal_error',
}

/** What is told to the user as a failure, and is our bug all the same. */
const bugs = new Set<FailureCode>(['internal_error', 'result_damaged'])

/**
 * What an attempt fails with, whatever was thrown; `foreseen` is false for bugs, which are logged with their stack.
 * @param folder that of the workspaces, to be named where its disk is full
 */
export function attemptFailure(error: unknown, folder = ''): { failure: Failure; foreseen: boolean } {
  const found = asJobFailure(error)
  const told = found?.code === 'work_disk_full' ? new JobFailure(found.code, folder, { cause: error }) : found
  return { failure: failureOf(told ?? error), foreseen: told !== undefined && !bugs.has(told.code) }
}

function asJobFailure(error: unknown): JobFailure | undefined {
  if (error instanceof JobFailure) return error
  if (error instanceof ObjectStoreError)
    return new JobFailure(codeOfKind[error.kind], error.message, { cause: error })
  if (error instanceof StoreUnavailable) return new JobFailure('events_unavailable', '', { cause: error })
  if (error instanceof StoreFull) return new JobFailure('events_full', '', { cause: error })
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return new JobFailure('work_disk_full', '', { cause: error })
  if (error.code === 'ENOMEM') return new JobFailure('out_of_memory', '', { cause: error })
  return undefined
}
