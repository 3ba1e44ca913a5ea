import { ObjectStoreError, type MultipartUpload } from './port.ts'
import { patiently, type S3Connection } from './s3-connection.ts'
import { S3Refusal, toldByS3 } from './s3-errors.ts'
import { type Described, headersOf } from './s3-metadata.ts'
import { isTaken, ownEtag } from './s3-objects.ts'

/** What a caller may do on the way of an upload. */
export type UploadHooks = {
  onMultipart?: ((upload: MultipartUpload) => Promise<unknown>) | undefined
  /** Awaited before the object may become visible. */
  before?: Promise<unknown> | undefined
}

/** Cuts chunks into parts of exactly this size; the last one is smaller, or empty. */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>, partBytes: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    held.push(chunk)
    size += chunk.length
    if (size < partBytes) continue
    const whole = Buffer.concat(held, size)
    const rest = size % partBytes
    for (let at = 0; at < size - rest; at += partBytes) yield whole.subarray(at, at + partBytes)
    held = [whole.subarray(size - rest)]
    size = rest
  }
  yield Buffer.concat(held, size)
}

/**
 * Uploads parts under an upload id of its own, with the low-level calls: `putObject` of the client resumes whatever
 * failed upload of the key it finds, and has stored files with parts missing. Nothing is left after a failure.
 * @returns the ETag of the object
 */
export async function putParts(
  connection: S3Connection,
  key: string,
  parts: AsyncIterable<Buffer>,
  described: Described,
  { onMultipart, before }: UploadHooks,
): Promise<string> {
  const { client, bucket } = connection
  if (await toldByS3(key, isTaken(connection, key))) throw taken(key)
  const begun = patiently(() => client.initiateNewMultipartUpload(bucket, key, headersOf(described)))
  const uploadId = await toldByS3(key, begun)
  const upload = { key, uploadId }
  const etags: Promise<string>[] = []
  try {
    await onMultipart?.(upload)
    for await (const part of parts) {
      // One part is on its way while the next one is read; no more, for each is held in memory.
      await etags.at(-1)
      if (part.length === 0) continue
      const etag = toldByS3(key, putPart(connection, upload, etags.length + 1, part))
      // It is awaited later; a failure until then is no unhandled one.
      etag.catch(() => {})
      etags.push(etag)
    }
    await before
    return await complete(connection, upload, await Promise.all(etags), described.write)
  } catch (error) {
    // A part that arrives after the end of its upload could stay.
    await Promise.allSettled(etags)
    // Some stores end the connection on a part of an upload that is gone.
    const isCut = error instanceof ObjectStoreError && error.kind === 'unavailable'
    if (isCut && (await isEnded(connection, upload)))
      throw new ObjectStoreError('missing', key, 'the upload was ended', { cause: error })
    await abortUpload(connection, upload).catch(() => {})
    throw error
  }
}

async function putPart(
  { send }: S3Connection,
  { key, uploadId }: MultipartUpload,
  number: number,
  body: Buffer,
): Promise<string> {
  const query = `partNumber=${number}&uploadId=${encodeURIComponent(uploadId)}`
  const answer = await send({ method: 'PUT', key, query, body })
  answer.resume()
  return answer.headers.etag ?? ''
}

async function complete(
  connection: S3Connection,
  { key, uploadId }: MultipartUpload,
  etags: string[],
  write: string,
): Promise<string> {
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
  )
  const request = connection.call({
    method: 'POST',
    key,
    query: `uploadId=${encodeURIComponent(uploadId)}`,
    headers: { 'content-type': 'application/xml', 'if-none-match': '*' },
    body: `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`,
  })
  const failed = await toldByS3(key, request).then(
    () => undefined,
    (error: unknown) => error,
  )
  // The answer may be lost, and Ceph does not heed if-none-match here: what is there now decides.
  const etag = await ownEtag(connection, key, write)
  if (etag !== undefined) return etag
  throw failed ?? taken(key)
}

/** No error for an upload that has already ended. */
export async function abortUpload({ call }: S3Connection, { key, uploadId }: MultipartUpload): Promise<void> {
  try {
    await call({ method: 'DELETE', key, query: `uploadId=${encodeURIComponent(uploadId)}` })
  } catch (error) {
    if (!(error instanceof S3Refusal) || error.status !== 404) throw error
  }
}

/** Whether the store says that it knows no such upload (any more). Never throws. */
async function isEnded({ call }: S3Connection, { key, uploadId }: MultipartUpload): Promise<boolean> {
  const asked = call({ method: 'GET', key, query: `uploadId=${encodeURIComponent(uploadId)}` })
  return asked.then(
    () => false,
    (error: unknown) => error instanceof S3Refusal && error.status === 404,
  )
}

export const taken = (key: string) => new ObjectStoreError('exists', key, 'the key is taken')
