import { type FailureCode, JobId } from '@pdf-smaller/contracts'
import type { StoredObject } from '@pdf-smaller/object-store'
import { uuidv7 } from 'uuidv7'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App, Context } from '../context.ts'
import { answers } from '../http/answers.ts'
import { receiveFile } from '../intake/receive.ts'
import { completeUpload, presignedForm, storeUpload, uploadSwitch } from '../intake/uploads.ts'
import { baseOf } from '../jobs/answer.ts'

const name = z.string().min(1).max(255)

const Upload = z.object({
  uploadId: JobId,
  method: z.enum(['POST', 'PUT']),
  /** Of the object store, or of the gateway itself; then it asks for the key like every other address. */
  url: z.string(),
  /** Sent before the file, in a form; for PUT there are none and the file is the body. */
  fields: z.record(z.string(), z.string()),
  /** Until then the file can be sent and used. */
  expiresAt: z.iso.datetime(),
})

const Uploaded = z.object({
  uploadId: JobId,
  name: z.string(),
  size: z.int(),
  sha256: z.string(),
  contentType: z.string(),
})

const uploadParams = z.object({ id: z.string() })
const faulty: FailureCode[] = [
  'not_a_pdf',
  'unsupported_media_type',
  'empty_file',
  'too_large',
  'storage_full',
  'storage_unavailable',
]

/** Files that are sent apart from their jobs, and may serve several. */
export function uploads(app: App, context: Context): void {
  begin(app, context)
  send(app, context)
  complete(app, context)
}

function begin(app: App, context: Context): void {
  const { config, clock } = context
  const schema = {
    tags: ['Uploads'],
    summary: 'Begin an upload',
    body: z.strictObject({ name: name.default('file.pdf') }).nullish(),
    response: answers({ 201: { description: 'Where and how to send the file', schema: Upload } }, [
      'events_unavailable',
    ]),
  } as const
  app.post('/api/uploads', { config: { access: 'submit' }, schema }, async (request, reply) => {
    const { tenant, maxUploadBytes } = request.caller
    const upload = { tenant, uploadId: uuidv7() }
    const fileName = request.body?.name ?? 'file.pdf'
    await uploadSwitch(context, upload).arm()
    const form = (await presignedForm(context, upload, fileName, maxUploadBytes)) ?? {
      method: 'PUT' as const,
      url: `${baseOf(config)}/api/uploads/${upload.uploadId}?name=${encodeURIComponent(fileName.toWellFormed())}`,
      fields: {},
    }
    const expiresAt = new Date(clock().getTime() + config.UPLOAD_KEEP_SECONDS * 1000).toISOString()
    const answer: z.infer<typeof Upload> = { uploadId: upload.uploadId, ...form, expiresAt }
    return reply.code(201).send(answer)
  })
}

function send(app: App, context: Context): void {
  const schema = {
    tags: ['Uploads'],
    summary: 'Send a file to the gateway',
    description: 'Where the object store has no address of its own. The body is the file.',
    params: uploadParams.extend({ id: JobId }),
    querystring: z.strictObject({ name: name.default('file.pdf') }),
    response: answers({ 200: { description: 'The file, stored', schema: Uploaded } }, [
      ...faulty,
      'broken_upload',
      'upload_timeout',
    ]),
  } as const
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null))
    scope
      .withTypeProvider<ZodTypeProvider>()
      .put(
        '/api/uploads/:id',
        { config: { access: 'submit', bodies: { 'application/octet-stream': z.file() } }, schema },
        async (request, reply) => {
          const { tenant, maxUploadBytes } = request.caller
          const upload = { tenant, uploadId: request.params.id }
          const object = await receiveFile(context, request, (content) =>
            storeUpload(context, upload, request.query.name, content, maxUploadBytes),
          )
          return reply.send(answerOf(upload.uploadId, object))
        },
      )
  })
}

function complete(app: App, context: Context): void {
  const schema = {
    tags: ['Uploads'],
    summary: 'Complete an upload to the object store',
    description: 'The file is looked at: its beginning, its size, its SHA-256. Then jobs can name it.',
    params: uploadParams,
    body: z.strictObject({ name: name.optional() }).nullish(),
    response: answers({ 200: { description: 'The file, as stored', schema: Uploaded } }, [
      'unknown_upload',
      ...faulty,
    ]),
  } as const
  app.post('/api/uploads/:id/complete', { config: { access: 'submit' }, schema }, async (request, reply) => {
    const upload = { tenant: request.caller.tenant, uploadId: request.params.id }
    const object = await completeUpload(context, upload, request.body?.name)
    return reply.send(answerOf(upload.uploadId, object))
  })
}

function answerOf(
  uploadId: string,
  { name, size, sha256, contentType }: StoredObject,
): z.infer<typeof Uploaded> {
  return { uploadId, name, size, sha256, contentType }
}
