import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { Client } from 'minio'
import type { ObjectStore } from '../src/port.ts'
import { openS3Store, type S3Options } from '../src/s3.ts'
import type { S3Server } from '@pdf-smaller/testing/object-servers/server'
import type { Subject } from './subject.ts'

export type S3Subject = Omit<Subject, 'open'> & {
  bucket: string
  client: Client
  open: (options?: Partial<S3Options>) => Promise<ObjectStore>
}

/** A bucket of its own at a running server. */
export async function s3Subject(server: S3Server): Promise<S3Subject> {
  const { endpoint, accessKey, secretKey, region } = server
  const bucket = `test-${randomUUID()}`
  const { hostname, port, protocol } = new URL(endpoint)
  const useSSL = protocol === 'https:'
  const client = new Client({
    endPoint: hostname,
    ...(port ? { port: Number(port) } : {}),
    useSSL,
    accessKey,
    secretKey,
    region,
  })
  await client.makeBucket(bucket, region)
  return {
    bucket,
    client,
    open: async (options) => openS3Store({ ...server, bucket, ...options }),
    damage: async (key) => {
      const data = await buffer(await client.getObject(bucket, key))
      data[0] = (data[0] ?? 0) ^ 0xff
      const { metaData } = await client.statObject(bucket, key)
      await client.putObject(bucket, key, data, data.length, metaData)
    },
    leftovers: async (key) => {
      // MinIO lists by exact key only.
      const { uploads } = await client.listIncompleteUploadsQuery(bucket, key, '', '', '')
      return uploads.map(({ uploadId }) => uploadId)
    },
    close: async () => {},
  }
}
