import type { IncomingHttpHeaders } from 'node:http'
import { ObjectStoreError } from './port.ts'
import type { S3Connection } from './s3-connection.ts'
import { S3Refusal, toldByS3 } from './s3-errors.ts'
import { type Described, headersOf, objectOf, writeOf } from './s3-metadata.ts'

/** What the store tells of an object. @throws ObjectStoreError missing */
export async function headOf({ send }: S3Connection, key: string): Promise<IncomingHttpHeaders> {
  const answer = await toldByS3(key, send({ method: 'HEAD', key }))
  answer.resume()
  return answer.headers
}

/** Whether anything is under the key, stored to its end or not. */
export async function isTaken({ send }: S3Connection, key: string): Promise<boolean> {
  try {
    const answer = await send({ method: 'HEAD', key })
    answer.resume()
    return true
  } catch (error) {
    if (error instanceof S3Refusal && error.status === 404) return false
    throw error
  }
}

/** Whether an object is stored under the key to its end. */
export async function isStored(connection: S3Connection, key: string): Promise<boolean> {
  try {
    objectOf(key, await headOf(connection, key))
    return true
  } catch (error) {
    if (error instanceof ObjectStoreError && error.kind === 'missing') return false
    throw error
  }
}

/** The ETag of what is under the key if this very call wrote it; undefined also where the store does not say. */
export async function ownEtag(
  connection: S3Connection,
  key: string,
  write: string,
): Promise<string | undefined> {
  const headers = await headOf(connection, key).catch(() => undefined)
  return headers && writeOf(headers) === write ? (headers.etag ?? '') : undefined
}

/** Copies within the store. At most 5 GiB. */
export async function copyObject(
  { bucket, call }: S3Connection,
  from: string,
  to: string,
  headers: Record<string, string> = {},
): Promise<void> {
  // Keys are ASCII without anything to be encoded.
  const source = { 'x-amz-copy-source': `/${bucket}/${from}` }
  await toldByS3(to, call({ method: 'PUT', key: to, headers: { ...source, ...headers } }))
}

/** Copies with another description than the source has. */
export async function copyDescribed(
  connection: S3Connection,
  from: string,
  to: string,
  described: Described,
): Promise<void> {
  await copyObject(connection, from, to, { 'x-amz-metadata-directive': 'REPLACE', ...headersOf(described) })
}

/**
 * Adds the SHA-256, known only at the end of an upload, by a copy onto itself, which touches no bytes on MinIO and
 * Ceph. Until then the object does not count as stored.
 * @param etag of the bytes that the SHA-256 belongs to
 */
export async function describeObject(
  connection: S3Connection,
  key: string,
  described: Required<Described>,
  etag: string,
): Promise<void> {
  try {
    await copyObject(connection, key, key, {
      'x-amz-metadata-directive': 'REPLACE',
      'x-amz-copy-source-if-match': etag,
      ...headersOf(described),
    })
  } catch (error) {
    await removeOwn(connection, key, described.write)
    throw error
  }
}

/** Removes what this very call wrote, as far as the store lets us: the failure that led here counts more. */
export async function removeOwn(connection: S3Connection, key: string, write: string): Promise<void> {
  if ((await ownEtag(connection, key, write)) !== undefined)
    await removeObject(connection, key).catch(() => {})
}

export async function removeObject({ call }: S3Connection, key: string): Promise<void> {
  await toldByS3(key, call({ method: 'DELETE', key }))
}
