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
  context: Context,
  caller: Pick<Caller, 'id'>,
  job: JobView,
  submission: Submission,
): Promise<JobRequestedData> {
  const { id, batchId } = job
  const request = await copied(context, caller, job, submission)
  return { ...request, retryOf: id, ...(batchId ? { batchId } : {}) }
}

/** The same with other options and perhaps another tag, outside of the job's batch. @throws as again */
export async function replay(
  context: Context,
  caller: Pick<Caller, 'id'>,
  job: JobView,
  submission: Submission,
  { options, tag }: { options: Record<string, unknown>; tag: string | undefined },
): Promise<JobRequestedData> {
  const request = await copied(context, caller, job, submission)
  return { ...request, options, replayOf: job.id, ...(tag ? { tag } : {}) }
}

async function copied(
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
  const { tenant, domain, task, options, limits, tag, webhook } = job
  return {
    tenant,
    domain,
    task,
    inputs,
    options,
    limits,
    requester: caller.id,
    ...(tag ? { tag } : {}),
    ...(webhook ? { webhook } : {}),
  }
}
