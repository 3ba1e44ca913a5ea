import { type FailureCode, JobFailure } from '@pdf-smaller/contracts'
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

/** What a store threw as a failure of the job; anything else as it is. */
export function ofStores(error: unknown): unknown {
  if (error instanceof ObjectStoreError)
    return new JobFailure(codeOfKind[error.kind], error.message, { cause: error })
  if (error instanceof StoreUnavailable) return new JobFailure('events_unavailable', '', { cause: error })
  if (error instanceof StoreFull) return new JobFailure('events_full', '', { cause: error })
  return error
}
