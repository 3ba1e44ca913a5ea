import type { IncomingHttpHeaders } from 'node:http'
import type { S3Connection } from './s3-connection.ts'
import { S3Refusal, toldByS3 } from './s3-errors.ts'
import { type Described, headersOf, writeOf } from './s3-metadata.ts'

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

/** Whether what is under the key was written by this very call; false also where the store does not say. */
export async function isOurs(connection: S3Connection, key: string, write: string): Promise<boolean> {
  const headers = await headOf(connection, key).catch(() => undefined)
  return headers !== undefined && writeOf(headers) === write
}

/** Copies within the store, with a new description if one is given. At most 5 GiB. */
export async function copyObject(
  { bucket, call }: S3Connection,
  from: string,
  to: string,
  described?: Described,
): Promise<void> {
  // Keys are ASCII without anything to be encoded.
  const source = { 'x-amz-copy-source': `/${bucket}/${from}` }
  const headers = described
    ? { ...source, 'x-amz-metadata-directive': 'REPLACE', ...headersOf(described) }
    : source
  await toldByS3(to, call({ method: 'PUT', key: to, headers }))
}

export async function removeObject({ bucket, client }: S3Connection, key: string): Promise<void> {
  await toldByS3(key, client.removeObject(bucket, key))
}
