import { JobFailure, type JobView, type ObjectRef } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { ObjectStoreError } from '@pdf-smaller/object-store'
import type { Form, ShownFile } from '@pdf-smaller/page-views'
import type { Context } from '../../context.ts'
import { fetchable } from '../answer.ts'

/**
 * A file of a job by its place: `input-1`, `output-2`.
 * @throws JobFailure file_expired, not_finished, unknown_file
 */
export function placedFile(job: JobView, place: string): ObjectRef {
  if (job.expired) throw new JobFailure('file_expired', `at ${job.expired.at}`)
  const [side, number] = place.split('-')
  const isInput = side === 'input'
  const file = (isInput ? job.inputs : fetchable(job))[Number(number) - 1]
  if (file) return file
  if (!isInput && !isDecided(job)) throw new JobFailure('not_finished', `it is ${job.status}`)
  throw new JobFailure('unknown_file', place)
}

const forms: Readonly<Record<string, Form>> = {
  'application/pdf': 'pdf',
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/webp': 'image',
  'image/tiff': 'image',
  'application/zip': 'images',
  'application/xhtml+xml': 'hocr',
}

/** @throws JobFailure no_pages; when it is fetched, file_expired, work_disk_full, and ObjectStoreError */
export function shownFile(
  { objects }: Pick<Context, 'objects'>,
  { key, contentType, name }: ObjectRef,
): ShownFile {
  const form = forms[contentType]
  if (!form) throw new JobFailure('no_pages', `${name} is ${contentType}`)
  return {
    key,
    form,
    fetch: (to) =>
      objects.getFile(key, to).catch((error: unknown) => {
        const kind = error instanceof ObjectStoreError ? error.kind : undefined
        if (kind === 'missing') throw new JobFailure('file_expired', '', { cause: error })
        throw kind === 'full' ? new JobFailure('work_disk_full', '', { cause: error }) : error
      }),
  }
}
