import { JobFailure, type JobView, type ObjectRef } from '@pdf-smaller/contracts'
import { ObjectStoreError } from '@pdf-smaller/object-store'
import type { Context } from '../context.ts'
import { refuseWithoutFiles } from './download.ts'
import { extractionFile } from './extraction-file.ts'

/** Bytes of an extraction that is worked on here: statements of some thousand rows. */
const largestExtraction = 32 * 1024 * 1024

/**
 * What a job has extracted, as it is stored.
 * @throws FailedJob; JobFailure not_finished, job_cancelled, file_expired, no_extraction, extraction_too_large,
 * object_corrupt; ObjectStoreError
 */
export async function readExtraction(context: Pick<Context, 'objects'>, job: JobView): Promise<Uint8Array> {
  refuseWithoutFiles(job)
  if (job.status !== 'completed') throw new JobFailure('not_finished', `it is ${job.status}`)
  const file = extractionFile(job)
  if (!file) throw new JobFailure('no_extraction', `its task is ${job.task}`)
  if (file.size > largestExtraction)
    throw new JobFailure(
      'extraction_too_large',
      `it has ${file.size} bytes, and ${largestExtraction} are read at most`,
    )
  return readWhole(context, file)
}

/**
 * Reads a file of a job that is small enough for the memory.
 * @throws JobFailure file_expired where it is gone, object_corrupt; ObjectStoreError
 */
export async function readWhole(
  { objects }: Pick<Context, 'objects'>,
  { key, size }: ObjectRef,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    const { stream } = await objects.get(key)
    for await (const chunk of stream) {
      const part = Buffer.from(chunk)
      bytes += part.length
      if (bytes > size) break
      chunks.push(part)
    }
  } catch (error) {
    const gone = error instanceof ObjectStoreError && error.kind === 'missing'
    throw gone ? new JobFailure('file_expired', '', { cause: error }) : error
  }
  if (bytes !== size) throw new JobFailure('object_corrupt', key)
  return Buffer.concat(chunks)
}
