import { JobFailure, JobView, type ObjectRef } from '@pdf-smaller/contracts'
import { filesGoAt, isDecided, retention } from '@pdf-smaller/domain'
import { z } from 'zod'

const File = z.object({ name: z.string(), size: z.int(), sha256: z.string(), contentType: z.string() })

/** What was done with which files, by what, and how long they are kept. */
export const Receipt = JobView.pick({
  task: true,
  status: true,
  requester: true,
  tag: true,
  retryOf: true,
  requestedAt: true,
  startedAt: true,
  finishedAt: true,
  /** Attempts made, and retries that were due to failures. */
  attempt: true,
  retries: true,
  worker: true,
  options: true,
  measures: true,
  reusedFrom: true,
  engines: true,
  failure: true,
  cancelled: true,
}).extend({
  jobId: z.string(),
  inputs: z.array(File),
  outputs: z.array(File),
  files: z.object({
    /** When they are deleted at the latest cleanup after this time; absent once they are gone. */
    keptUntil: z.string().optional(),
    deletedAt: z.string().optional(),
    because: z.string().optional(),
  }),
})
export type Receipt = z.infer<typeof Receipt>

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

function fileOf({ name, size, sha256, contentType }: ObjectRef): z.infer<typeof File> {
  return { name, size, sha256, contentType }
}
