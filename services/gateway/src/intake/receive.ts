import { PassThrough } from 'node:stream'
import { JobFailure, type ObjectRef } from '@pdf-smaller/contracts'
import type { Task } from '@pdf-smaller/task'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { contentOf, type FormFile, readForm } from './form.ts'
import { acceptedType, peek } from './peek.ts'
import type { Submission } from './submission.ts'
import { watchUpload } from './watchdog.ts'

/** What a form's parts may take beside its files. */
const formBytes = 1024 * 1024

/** What a request shows of itself while it is received. */
type Receiving = Pick<FastifyRequest, 'raw' | 'caller'> & {
  headers: { 'content-length'?: string | undefined }
}
export type FormRequest = Receiving & Pick<FastifyRequest, 'isMultipart' | 'parts'>

/**
 * Receives a form under watch, its files one after the other.
 * @param mostFiles of the largest size allowed; a request that announces more is refused before a byte is read
 * @returns the fields
 * @throws JobFailure unsupported_media_type, too_large, broken_upload, upload_timeout, invalid_request
 */
export async function receiveForm(
  context: Pick<Context, 'config'>,
  request: FormRequest,
  mostFiles: number,
  onFile: (file: FormFile) => Promise<void>,
): Promise<Record<string, unknown>> {
  if (!request.isMultipart())
    throw new JobFailure('unsupported_media_type', 'the files have to come as a form')
  return watched(context, request, mostFiles, (signal) => readForm(request, signal, onFile))
}

/** Receives a body that is a file itself, under watch. */
export function receiveFile<T>(
  context: Pick<Context, 'config'>,
  request: Receiving,
  onFile: (content: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  return watched(context, request, 1, async (signal) => {
    // The request itself must not be destroyed: it would take the connection and the answer with it.
    const body = new PassThrough()
    const end = (why: unknown) => body.destroy(why instanceof Error ? why : new Error(String(why)))
    body.on('error', () => {})
    request.raw.once('error', end)
    request.raw.once('close', () => request.raw.complete || end('the client is gone'))
    signal.addEventListener('abort', () => end(signal.reason), { once: true })
    request.raw.pipe(body)
    return onFile(contentOf(body)).finally(() => body.destroy())
  })
}

async function watched<T>(
  { config }: Pick<Context, 'config'>,
  request: Receiving,
  mostFiles: number,
  receive: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (Number(request.headers['content-length'] ?? 0) > mostFiles * request.caller.maxUploadBytes + formBytes)
    throw tooLarge(request)
  const watchdog = watchUpload(request.raw, {
    stallSeconds: config.UPLOAD_STALL_SECONDS,
    wholeSeconds: config.UPLOAD_SECONDS,
  })
  try {
    return await receive(watchdog.signal)
  } finally {
    watchdog.stop()
  }
}

/** Stores one file of a form as an input of a task. */
export async function storeFile(
  task: Task,
  submission: Submission,
  { name, contentType, content }: FormFile,
  maxBytes: number,
): Promise<ObjectRef> {
  const { head, all } = await peek(content)
  const type = acceptedType(head, contentType, task.inputs, name)
  return submission.store(all, { name, contentType: type, maxBytes })
}

/**
 * Ends content that is larger than the caller may send; where it is stored, the object store counts.
 * @throws JobFailure too_large
 */
export async function* bounded(
  content: AsyncIterable<Uint8Array>,
  request: Pick<FastifyRequest, 'caller'>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of content) {
    bytes += chunk.length
    if (bytes > request.caller.maxUploadBytes) throw tooLarge(request)
    yield chunk
  }
}

function tooLarge({ caller }: Pick<FastifyRequest, 'caller'>): JobFailure {
  return new JobFailure('too_large', `the limit is ${Math.floor(caller.maxUploadBytes / 1024 / 1024)} MB`)
}
