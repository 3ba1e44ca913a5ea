import { z } from 'zod'
import { JobId } from '../ids.ts'
import { aFile, aNamedUpload, anAppend, anObject, anUpload, aWrite } from './endings.ts'
import type { Route } from './route.ts'

const name = z.string().min(1).max(255)
const aboutName = 'The name of the file'

export const OpenedUpload = z.object({
  uploadId: JobId,
  method: z.enum(['POST', 'PUT']),
  /** Of the object store, or of the gateway itself; then it asks for the key like every other address. */
  url: z.string(),
  /** Sent before the file, in a form; for PUT there are none and the file is the body. */
  fields: z.record(z.string(), z.string()),
  /** Until then the file can be sent and used. */
  expiresAt: z.iso.datetime(),
})
export type OpenedUpload = z.infer<typeof OpenedUpload>

/** A file that was sent apart from its jobs. */
export const Upload = z.object({
  uploadId: JobId,
  name: z.string(),
  size: z.int(),
  sha256: z.string(),
  contentType: z.string(),
})
export type Upload = z.infer<typeof Upload>

const uploading = { access: 'submit', tag: 'Uploads' } as const
const aboutId = 'The id of the upload'

export const beginUpload = {
  ...uploading,
  id: 'beginUpload',
  method: 'POST',
  path: '/api/uploads',
  summary: 'Begin an upload',
  description:
    'Send the file as the answer says, complete the upload where it went to the object store, then name it in jobs.',
  body: z.strictObject({ name: name.default('file.pdf').describe(aboutName) }).nullish(),
  answers: { 201: { description: 'Where and how to send the file', schema: OpenedUpload } },
  bringsWork: true,
  endings: [...anAppend, ...anObject, 'tenant_full'],
} as const satisfies Route

export const sendUpload = {
  ...uploading,
  id: 'sendUpload',
  method: 'PUT',
  path: '/api/uploads/:id',
  summary: 'Send a file to the gateway',
  description: 'Where the object store has no address of its own. The body is the file.',
  params: z.object({ id: JobId.describe(aboutId) }),
  querystring: z.strictObject({ name: name.default('file.pdf').describe(aboutName) }),
  bodies: { 'application/octet-stream': z.file() },
  answers: { 200: { description: 'The file, stored', schema: Upload } },
  endings: [...anUpload, ...aFile, 'tenant_full'],
} as const satisfies Route

export const completeUpload = {
  ...uploading,
  id: 'completeUpload',
  method: 'POST',
  path: '/api/uploads/:id/complete',
  summary: 'Complete an upload to the object store',
  description: 'The file is looked at: its beginning, its size, its SHA-256. Then jobs can name it.',
  params: z.object({ id: z.string().describe(aboutId) }),
  body: z.strictObject({ name: name.optional().describe(aboutName) }).nullish(),
  answers: { 200: { description: 'The file, as stored', schema: Upload } },
  endings: [...aNamedUpload, ...aWrite],
} as const satisfies Route
