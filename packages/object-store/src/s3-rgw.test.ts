import { afterAll, beforeAll, describe } from 'vitest'
import { startRgw } from '@pdf-smaller/testing/object-servers/rgw'
import { namedServer, type S3Server } from '@pdf-smaller/testing/object-servers/server'
import { describeContract } from '../testing/contract.ts'
import { servesClients } from '../testing/direct.ts'
import { s3Subject } from '../testing/s3-subject.ts'

/** A server that the environment names has been tested in place of MinIO already. */
describe.skipIf(namedServer())('on the RADOS gateway', () => {
  let server: S3Server
  beforeAll(async () => {
    server = await startRgw()
  })
  afterAll(() => server.stop())
  describeContract(() => s3Subject(server))
  describe('serves clients', () => servesClients(() => s3Subject(server)))
})
