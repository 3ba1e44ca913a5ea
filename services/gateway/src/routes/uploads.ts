import { beginUpload, completeUpload, sendUpload, type Upload } from '@pdf-smaller/contracts/http'
import type { StoredObject } from '@pdf-smaller/object-store'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { uuidv7 } from 'uuidv7'
import type { App, Context } from '../context.ts'
import { serve } from '../http/serve.ts'
import { receiveFile } from '../intake/receive.ts'
import { presignedForm, storeUpload, takeOverUpload, uploadSwitch } from '../intake/uploads.ts'
import { baseOf } from '../jobs/answer.ts'

/** Files that are sent apart from their jobs, and may serve several. */
export function uploads(app: App, context: Context): void {
  begin(app, context)
  send(app, context)
  complete(app, context)
}

function begin(app: App, context: Context): void {
  const { config, clock } = context
  serve(app, beginUpload, async (request, reply) => {
    const { tenant, maxUploadBytes } = request.caller
    context.limits.checkStored(tenant)
    const upload = { tenant, uploadId: uuidv7() }
    const fileName = request.body?.name ?? 'file.pdf'
    await uploadSwitch(context, upload).arm()
    const form = (await presignedForm(context, upload, fileName, maxUploadBytes)) ?? {
      method: 'PUT' as const,
      url: `${baseOf(config)}/api/uploads/${upload.uploadId}?name=${encodeURIComponent(fileName.toWellFormed())}`,
      fields: {},
    }
    const expiresAt = new Date(clock().getTime() + config.UPLOAD_KEEP_SECONDS * 1000).toISOString()
    void reply.code(201).send({ uploadId: upload.uploadId, ...form, expiresAt })
  })
}

function send(app: App, context: Context): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null))
    serve(scope.withTypeProvider<ZodTypeProvider>(), sendUpload, async (request, reply) => {
      const { tenant, maxUploadBytes } = request.caller
      context.limits.checkStored(tenant)
      const upload = { tenant, uploadId: request.params.id }
      const object = await receiveFile(context, request, (content) =>
        storeUpload(context, upload, request.query.name, content, maxUploadBytes),
      )
      void reply.send(answerOf(upload.uploadId, object))
    })
  })
}

function complete(app: App, context: Context): void {
  serve(app, completeUpload, async (request, reply) => {
    const upload = { tenant: request.caller.tenant, uploadId: request.params.id }
    const object = await takeOverUpload(context, upload, request.body?.name)
    void reply.send(answerOf(upload.uploadId, object))
  })
}

function answerOf(uploadId: string, { name, size, sha256, contentType }: StoredObject): Upload {
  return { uploadId, name, size, sha256, contentType }
}
