import { JobFailure } from '@pdf-smaller/contracts'
import { derivedId } from '@pdf-smaller/platform'
import { uuidv7 } from 'uuidv7'

/** The names of what one submission brings about. */
export type Naming = {
  /** The client's Idempotency-Key, where it sent one. */
  key: string | undefined
  /** The id of the n-th job, from 0. */
  jobId: (index: number) => string
  batchId: () => string
}

/**
 * Ids of the jobs of a submission. With an idempotency key they derive from tenant and key, so that the event store
 * itself refuses the second of two requests with one key, on whatever replica they arrive.
 * @throws JobFailure invalid_request
 */
export function namingOf(tenant: string, header: string | string[] | undefined): Naming {
  if (header === undefined) return { key: undefined, jobId: () => uuidv7(), batchId: () => uuidv7() }
  const key = String(header)
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new JobFailure('invalid_request', 'an Idempotency-Key has 1 to 255 visible ASCII characters')
  return {
    key,
    jobId: (index) => derivedId(tenant, key, String(index)),
    batchId: () => derivedId(tenant, key, 'batch'),
  }
}
