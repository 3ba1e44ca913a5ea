import { JobFailure, type JobView, type ObjectRef } from '@pdf-smaller/contracts'
import { Receipt } from '@pdf-smaller/contracts/http'
import { filesGoAt, isDecided, retention } from '@pdf-smaller/domain'

/** @throws JobFailure not_finished */
export function receiptOf(job: JobView): Receipt {
  if (!isDecided(job)) throw new JobFailure('not_finished', `it is ${job.status}`)
  const keptUntil = filesGoAt(job, retention)?.toISOString()
  // The schema leaves out what is not the receipt's to tell.
  return Receipt.parse({
    ...job,
    jobId: job.id,
    inputs: job.inputs.map(fileOf),
    outputs: job.outputs.map(fileOf),
    files: {
      ...(keptUntil ? { keptUntil } : {}),
      ...(job.expired ? { deletedAt: job.expired.at, because: job.expired.reason } : {}),
    },
  })
}

function fileOf({ name, size, sha256, contentType }: ObjectRef): Receipt['inputs'][number] {
  return { name, size, sha256, contentType }
}
