import { assertDeletable } from './key.ts'
import { type ListedObject, ObjectStoreError } from './port.ts'
import { patiently, type S3Connection } from './s3-connection.ts'
import { S3Refusal, s3ErrorOf, toldByS3 } from './s3-errors.ts'

/** S3 lists, and deletes in one request, as many as this. */
const pageSize = 1000

export async function* listBucket(
  { client, bucket }: S3Connection,
  prefix: string,
): AsyncGenerator<ListedObject> {
  for (let token = ''; ;) {
    const asked = patiently(() => client.listObjectsV2Query(bucket, prefix, token, '', pageSize, ''))
    const page = await toldByS3(prefix, asked)
    for (const { name, size, lastModified } of page.objects) {
      if (name !== undefined && lastModified) yield { key: name, size, storedAt: lastModified }
    }
    if (!page.isTruncated) return
    token = page.nextContinuationToken
  }
}

export async function removePrefix(
  connection: S3Connection,
  prefix: string,
): Promise<{ objects: number; bytes: number }> {
  assertDeletable(prefix)
  let batch: string[] = []
  let objects = 0
  let bytes = 0
  for await (const { key, size } of listBucket(connection, prefix)) {
    batch.push(key)
    objects++
    bytes += size
    if (batch.length < pageSize) continue
    await removeAll(connection, batch, prefix)
    batch = []
  }
  if (batch.length > 0) await removeAll(connection, batch, prefix)
  return { objects, bytes }
}

async function removeAll({ client, bucket }: S3Connection, keys: string[], prefix: string): Promise<void> {
  const refused = await toldByS3(
    prefix,
    patiently(() => client.removeObjects(bucket, keys)),
  )
  if (refused.length === 0) return
  const some = JSON.stringify(refused.slice(0, 3))
  throw new ObjectStoreError('unavailable', prefix, `${refused.length} objects were not deleted: ${some}`)
}

/** Makes the bucket unless it is there. Keys that may not ask are taken at their word that it is. */
export async function makeBucket({ client, bucket }: S3Connection, region: string): Promise<void> {
  try {
    if (await patiently(() => bucketExists(client, bucket))) return
    await patiently(() => client.makeBucket(bucket, region))
  } catch (error) {
    const known = ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists']
    if (error instanceof S3Refusal && (error.status === 403 || known.includes(error.code))) return
    throw s3ErrorOf(error, bucket)
  }
}

async function bucketExists(client: S3Connection['client'], bucket: string): Promise<boolean> {
  try {
    return await client.bucketExists(bucket)
  } catch (error) {
    // Ceph gives no code in an answer without a body, and the client knows the code only.
    if (error instanceof S3Refusal && error.status === 404) return false
    throw error
  }
}
