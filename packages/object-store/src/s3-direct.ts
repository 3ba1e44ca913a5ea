import { randomUUID } from 'node:crypto'
import type { Client } from 'minio'
import { guard } from './guard.ts'
import { assertKey } from './key.ts'
import { type ObjectStore, ObjectStoreError } from './port.ts'
import type { S3Connection } from './s3-connection.ts'
import { s3ErrorOf, toldByS3 } from './s3-errors.ts'
import { copyDescribed, describeObject, isStored, removeObject, removeOwn } from './s3-objects.ts'
import { boundReader } from './reader.ts'
import { largestObject } from './s3-upload.ts'

type Direct = Required<Pick<ObjectStore, 'presignUpload' | 'confirmUpload' | 'presignDownload'>>

/** What clients may do at the store themselves. `signer` knows it by the address under which they reach it. */
export function s3Direct(
  connection: S3Connection,
  signer: Client,
  { stallMs, ensureBucket }: { stallMs: number | undefined; ensureBucket: () => Promise<void> },
): Direct {
  const { bucket } = connection
  return {
    presignUpload: async (key, { maxBytes, contentType, expiresInSeconds }) => {
      assertKey(key)
      await ensureBucket()
      // A form, not a presigned PUT: only a form's policy can limit the size.
      const policy = signer.newPostPolicy()
      policy.setBucket(bucket)
      policy.setKey(key)
      policy.setContentType(contentType)
      policy.setContentLengthRange(0, Math.min(maxBytes, largestObject))
      policy.setExpires(new Date(Date.now() + expiresInSeconds * 1000))
      const { postURL, formData } = await toldByS3(key, signer.presignedPostPolicy(policy))
      return { url: postURL, method: 'POST', fields: formData }
    },
    confirmUpload: async (from, to, { headBytes, typeOf, name, signal }) => {
      assertKey(from)
      assertKey(to)
      // What an earlier call did not bring to its end is overwritten.
      if (await isStored(connection, to)) throw new ObjectStoreError('exists', to, 'the key is taken')
      const described = { contentType: notLookedAt, name, write: randomUUID() }
      await copyDescribed(connection, from, to, described)
      const read = await readWhole(connection, to, described.write, { stallMs, signal, headBytes, typeOf })
      const { size, sha256, contentType, etag } = read
      await describeObject(connection, to, { ...described, contentType, sha256 }, etag)
      await removeObject(connection, from)
      return { key: to, size, sha256, contentType, name }
    },
    presignDownload: async (key, { fileName, expiresInSeconds }) => {
      assertKey(key)
      const headers = { 'response-content-disposition': attachment(fileName) }
      return toldByS3(key, signer.presignedGetObject(bucket, key, expiresInSeconds, headers))
    },
  }
}

const notLookedAt = 'application/octet-stream'

type Reading = {
  stallMs: number | undefined
  signal: AbortSignal | undefined
  headBytes: number
  typeOf: (head: Buffer) => string
}

/** Reads an object of which SHA-256 and type are not known yet; it is removed when that fails. */
async function readWhole(
  connection: S3Connection,
  key: string,
  write: string,
  { stallMs, signal, headBytes, typeOf }: Reading,
): Promise<{ size: number; sha256: string; contentType: string; etag: string }> {
  try {
    const answer = await toldByS3(key, connection.send({ method: 'GET', key }))
    const guarded = guard(key, boundReader(key, answer, s3ErrorOf, { stallMs, signal }), { signal })
    let head = Buffer.alloc(0)
    for await (const chunk of guarded.chunks)
      if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)])
    const contentType = typeOf(head)
    return { size: guarded.size(), sha256: guarded.sha256(), contentType, etag: answer.headers.etag ?? '' }
  } catch (error) {
    await removeOwn(connection, key, write)
    throw error
  }
}

/** A file name for browsers: plain ASCII for the old ones, UTF-8 for all others (RFC 6266, section 4.3). */
function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}
