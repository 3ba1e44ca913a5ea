import { JobFailure, type JobRequestedData, type JobView, type ObjectRef } from '@pdf-smaller/contracts'
import { ObjectStoreError } from '@pdf-smaller/object-store'
import type { Caller } from '../access/caller.ts'
import type { Context } from '../context.ts'
import type { Submission } from '../intake/submission.ts'

/**
 * What a job asked for, with its files copied under the new job's keys.
 * @throws JobFailure file_expired; ObjectStoreError
 */
export async function again(
  { objects }: Context,
  caller: Pick<Caller, 'id'>,
  job: JobView,
  submission: Submission,
): Promise<JobRequestedData> {
  const inputs: ObjectRef[] = []
  try {
    for (const { key } of job.inputs) inputs.push(await submission.copy(await objects.stat(key)))
  } catch (error) {
    await submission.abandon()
    const gone = error instanceof ObjectStoreError && error.kind === 'missing'
    throw gone ? new JobFailure('file_expired', '', { cause: error }) : error
  }
  const { tenant, domain, task, options, limits, tag, batchId } = job
  return {
    tenant,
    domain,
    task,
    inputs,
    options,
    limits,
    requester: caller.id,
    retryOf: job.id,
    ...(tag ? { tag } : {}),
    ...(batchId ? { batchId } : {}),
  }
}
