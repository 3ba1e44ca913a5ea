import { afterAll, beforeAll, describe } from 'vitest'
import { startRgw } from '../../../test/fixtures/object-servers/rgw.ts'
import type { S3Server } from '../../../test/fixtures/object-servers/server.ts'
import { describeContract } from '../testing/contract.ts'
import { s3Subject } from '../testing/s3-subject.ts'

describe('on the RADOS gateway', () => {
  let server: S3Server
  beforeAll(async () => {
    server = await startRgw()
  })
  afterAll(() => server.stop())
  describeContract(() => s3Subject(server))
})
