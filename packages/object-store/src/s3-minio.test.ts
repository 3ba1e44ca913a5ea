import { afterAll, beforeAll, describe } from 'vitest'
import { startMinio } from '@pdf-smaller/testing/object-servers/minio'
import type { S3Server } from '@pdf-smaller/testing/object-servers/server'
import { describeContract } from '../testing/contract.ts'
import { servesClients } from '../testing/direct.ts'
import { s3Subject } from '../testing/s3-subject.ts'

describe('on MinIO', () => {
  let server: S3Server
  beforeAll(async () => {
    server = await startMinio()
  })
  afterAll(() => server.stop())
  describeContract(() => s3Subject(server))
  describe('serves clients', () => servesClients(() => s3Subject(server)))
})
