import { displayName, headBytes, JobFailure, JobId, type ObjectRef, safeName } from '@pdf-smaller/contracts'
import {
  type ObjectStore,
  ObjectStoreError,
  type PresignedUpload,
  type StoredObject,
} from '@pdf-smaller/object-store'
import type { Task } from '@pdf-smaller/task'
import type { Input } from '@pdf-smaller/contracts/http'
import type { Caller } from '../access/caller.ts'
import type { Context } from '../context.ts'
import { deadMansSwitch, type DeadMansSwitch } from './dead-mans-switch.ts'
import { type Accepted, acceptedType, peek } from './peek.ts'
import { refuseWhenFull } from './room.ts'
import type { Submission } from './submission.ts'

type Upload = { tenant: string; uploadId: string }

/** Where a client's own upload to the object store arrives; its holder can write there until it expires. */
const sentFolder = ({ tenant, uploadId }: Upload) => `${tenant}/${uploadId}/in/sent/`
/** Where it stands once it has been looked at. Only from here it becomes the input of jobs. */
const checkedKey = ({ tenant, uploadId }: Upload) => `${tenant}/${uploadId}/in/checked/file`

/** An upload may be of any type that some task takes. */
const whatTasksTake = ({ tasks }: Pick<Context, 'tasks'>): Accepted => ({
  contentTypes: [...new Set([...tasks.values()].flatMap(({ inputs }) => inputs.contentTypes))],
})

/** Its first bytes say what it is, not who sends it. */
const unsaid = ''

/** Deletes an upload when its time is over, whatever became of it. */
export function uploadSwitch(context: Context, { tenant, uploadId }: Upload): DeadMansSwitch {
  const seconds = context.config.UPLOAD_KEEP_SECONDS
  return deadMansSwitch(context, {
    tenant,
    id: uploadId,
    name: uploadId,
    prefix: `${tenant}/${uploadId}/`,
    seconds,
  })
}

/** A form with which a client sends a file to the object store itself; undefined where the store has no address. */
export async function presignedForm(
  { objects, config }: Context,
  upload: Upload,
  name: string,
  maxBytes: number,
): Promise<PresignedUpload | undefined> {
  const expiresInSeconds = Math.min(config.UPLOAD_SECONDS, config.UPLOAD_KEEP_SECONDS)
  const key = `${sentFolder(upload)}${safeName(displayName(name))}`
  return objects.presignUpload?.(key, {
    maxBytes,
    contentType: 'application/octet-stream',
    expiresInSeconds,
  })
}

/**
 * Stores a file that is sent to the gateway.
 * @throws JobFailure empty_file, not_a_pdf, unsupported_media_type, invalid_request when it was sent before; ObjectStoreError
 */
export async function storeUpload(
  context: Context,
  upload: Upload,
  name: string,
  content: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<StoredObject> {
  await refuseWhenFull(context.store)
  const { head, all } = await peek(content)
  const contentType = acceptedType(head, unsaid, whatTasksTake(context), name)
  const guard = uploadSwitch(context, upload)
  const options = {
    name: displayName(name),
    contentType,
    maxBytes,
    before: guard.arm(),
    onMultipart: guard.include,
  }
  return context.objects.put(checkedKey(upload), all, options).catch((error: unknown) => {
    const again = error instanceof ObjectStoreError && error.kind === 'exists'
    throw again ? new JobFailure('invalid_request', 'the upload was sent before; begin another') : error
  })
}

/**
 * Looks at a file that a client has sent to the object store, and takes it over. Repeating it changes nothing.
 * @throws JobFailure unknown_upload, empty_file, not_a_pdf, unsupported_media_type; ObjectStoreError
 */
export async function takeOverUpload(
  context: Context,
  upload: Upload,
  name: string | undefined,
): Promise<StoredObject> {
  const { objects } = context
  const done = await checkedUpload(objects, upload)
  if (done) return done
  const sent = await sentUpload(objects, upload)
  if (!sent || !objects.confirmUpload) throw new JobFailure('unknown_upload', 'nothing was sent')
  const told = displayName(name ?? sent.slice(sent.lastIndexOf('/') + 1))
  const key = checkedKey(upload)
  const typeOf = (head: Buffer) => acceptedType(head, unsaid, whatTasksTake(context), told)
  try {
    return await objects.confirmUpload(sent, key, { headBytes, typeOf, name: told })
  } catch (error) {
    if (error instanceof JobFailure) await objects.remove(sent)
    throw error
  }
}

async function sentUpload(objects: ObjectStore, upload: Upload): Promise<string | undefined> {
  for await (const { key } of objects.list(sentFolder(upload))) return key
  return undefined
}

async function checkedUpload(objects: ObjectStore, upload: Upload): Promise<StoredObject | undefined> {
  if (!JobId.safeParse(upload.uploadId).success) throw new JobFailure('unknown_upload')
  return objects.stat(checkedKey(upload)).catch((error: unknown) => {
    if (error instanceof ObjectStoreError && error.kind === 'missing') return undefined
    throw error
  })
}

/** @throws JobFailure unknown_upload */
async function completedUpload(objects: ObjectStore, upload: Upload): Promise<StoredObject> {
  const object = await checkedUpload(objects, upload)
  if (!object) throw new JobFailure('unknown_upload', `${upload.uploadId} is not there or not completed`)
  return object
}

/**
 * Opens an upload that was completed, to be read at once.
 * @throws JobFailure unknown_upload; ObjectStoreError
 */
export async function openUpload(
  { objects }: Pick<Context, 'objects'>,
  { tenant }: Caller,
  uploadId: string,
): ReturnType<ObjectStore['get']> {
  const { key } = await completedUpload(objects, { tenant, uploadId })
  return objects.get(key)
}

/**
 * Copies uploaded files under the job's own keys, so that an upload serves any number of jobs.
 * @throws JobFailure unknown_upload, not_a_pdf, unsupported_media_type
 */
export async function copyUploads(
  { objects }: Pick<Context, 'objects'>,
  { tenant }: Caller,
  task: Task,
  submission: Submission,
  inputs: readonly Input[],
): Promise<ObjectRef[]> {
  const refs: ObjectRef[] = []
  for (const { upload: uploadId, name } of inputs) {
    const object = await completedUpload(objects, { tenant, uploadId })
    if (!task.inputs.oneByOne && !task.inputs.contentTypes.includes(object.contentType))
      throw new JobFailure(
        'unsupported_media_type',
        `${task.name} takes ${task.inputs.contentTypes.join(', ')}`,
      )
    refs.push(await submission.copy(object, name))
  }
  return refs
}
