import { JobFailure, jobStream, type JobView } from '@pdf-smaller/contracts'
import type { Erasure } from '@pdf-smaller/contracts/http'
import { isDecided } from '@pdf-smaller/domain'
import { command } from '@pdf-smaller/platform'
import { type Context, source } from '../context.ts'
import { addressOf } from './find.ts'
import { seen } from './seen.ts'

/**
 * Deletes the files of a decided job, and its events where that is asked for. Repeating it ends what was interrupted.
 * @throws JobFailure not_finished; StoreUnavailable, StoreFull, ObjectStoreError
 */
export async function eraseFiles(
  context: Context,
  job: JobView,
  { by, traceparent, record }: { by: string; traceparent: string; record: boolean },
): Promise<Erasure> {
  if (!isDecided(job)) throw new JobFailure('not_finished', `it is ${job.status}; cancel it first`)
  const { store, objects, projection, clock } = context
  const prefix = `${job.tenant}/${job.id}/`
  let files = 0
  let bytes = 0
  for await (const { size } of objects.list(prefix)) {
    files++
    bytes += size
  }
  const author = { source, traceparent }
  const address = addressOf(job)
  // The event comes first: whoever asks for a file is told that it is gone, never that it is missing.
  const expiry = { type: 'Expire', files, bytes, reason: `erased by ${by}` } as const
  const { job: expired = job } = await command(store, address, expiry, author, { job })
  await objects.removePrefix(prefix)
  if (record) {
    const erasure = await command(store, address, { type: 'Erase', by }, author, { job: expired })
    const revision = erasure.job?.revision ?? expired.revision
    await store.purge(jobStream(address), revision)
    await seen(projection, revision)
  } else await seen(projection, expired.revision)
  return {
    jobId: job.id,
    erased: record ? 'files and record' : 'files',
    files,
    bytes,
    at: clock().toISOString(),
    by,
  }
}
