import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPdf, type Harness, openHarness } from '@pdf-smaller/gateway/testing/harness'
import { startMinio } from '@pdf-smaller/testing/object-servers/minio'
import { type S3Server, storageSettings } from '@pdf-smaller/testing/object-servers/server'
import { createClient, otherTask } from './node.ts'

let s3: S3Server
let gateway: Harness
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-upload-'))
  s3 = await startMinio()
  gateway = await openHarness({
    env: {
      ...storageSettings(s3, 'client-uploads'),
      PDF_SMALLER_S3_PUBLIC_ENDPOINT: s3.endpoint,
      PDF_SMALLER_S3_REGION: s3.region,
    },
  })
})
afterAll(async () => {
  await gateway.close()
  await s3.stop()
  await rm(folder, { recursive: true, force: true })
})

it('an upload goes straight to an object store that has an address, without the key', async () => {
  const file = path.join(folder, 'a.pdf')
  await writeFile(file, aPdf(5000))
  const toStore: [string, Headers][] = []
  const client = createClient({
    baseUrl: gateway.url,
    apiKey: 'a-secret',
    fetch: (url, init) => {
      if (url.startsWith(s3.endpoint)) toStore.push([url, new Headers(init?.headers)])
      return fetch(url, init)
    },
  })
  const upload = await client.upload(file, { name: 'Rechnung März.pdf' })
  expect(upload).toMatchObject({ name: 'Rechnung März.pdf', size: 5000, contentType: 'application/pdf' })
  expect(toStore).toHaveLength(1)
  expect(toStore[0]?.[1].has('authorization')).toBe(false)
  const job = await client.submit(otherTask('echo'), { uploads: [{ upload: upload.uploadId }] })
  expect(job.inputs).toMatchObject([{ name: 'Rechnung März.pdf', size: 5000, sha256: upload.sha256 }])
})
