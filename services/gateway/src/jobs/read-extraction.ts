import { JobFailure, type JobView, type ObjectRef } from '@pdf-smaller/contracts'
import { Extraction } from '@pdf-smaller/contracts/extraction'
import { ObjectStoreError } from '@pdf-smaller/object-store'
import type { Context } from '../context.ts'
import { refuseWithoutFiles } from './download.ts'
import { extractionFile } from './extraction-file.ts'

/** Bytes of an extraction that is read into memory: statements of some thousand rows. */
const largestExtraction = 32 * 1024 * 1024

/**
 * What a job has extracted.
 * @throws FailedJob; JobFailure not_finished, job_cancelled, file_expired, no_extraction, extraction_too_large,
 * object_corrupt, newer_release; ObjectStoreError
 */
export async function readExtraction(context: Pick<Context, 'objects'>, job: JobView): Promise<Extraction> {
  refuseWithoutFiles(job)
  if (job.status !== 'completed') throw new JobFailure('not_finished', `it is ${job.status}`)
  const file = extractionFile(job)
  if (!file) throw new JobFailure('no_extraction', `its task is ${job.task}`)
  if (file.size > largestExtraction)
    throw new JobFailure(
      'extraction_too_large',
      `it has ${file.size} bytes, and ${largestExtraction} are read at most`,
    )
  const extraction = Extraction.safeParse(await readJson(context, file))
  if (!extraction.success) throw new JobFailure('newer_release', 'its extraction is of another form')
  return extraction.data
}

/**
 * Reads a file of a job that is known to be small enough and JSON.
 * @throws JobFailure file_expired where it is gone, object_corrupt; ObjectStoreError
 */
export async function readJson(
  { objects }: Pick<Context, 'objects'>,
  { key, size }: ObjectRef,
): Promise<unknown> {
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
  try {
    if (bytes === size) return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    // It is told as what it is: no longer what was stored.
  }
  throw new JobFailure('object_corrupt', key)
}
