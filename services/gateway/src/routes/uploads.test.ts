import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { ObjectStoreError } from '@pdf-smaller/object-store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aPdf, type Harness, jobIn, openHarness, post, problemIn, until } from '../../testing/harness.ts'
import { hurried } from '../../testing/schedules.ts'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness({
    env: { PDF_SMALLER_MAX_UPLOAD_MB: '0.1', PDF_SMALLER_UPLOAD_KEEP_SECONDS: '3600' },
  })
})
afterAll(() => gateway.close())

const Upload = z.object({
  uploadId: z.uuid(),
  method: z.enum(['PUT', 'POST']),
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
})

async function begin(name = 'Größe.pdf') {
  const answer = await post(`${gateway.url}/api/uploads`, { name })
  expect(answer.status).toBe(201)
  return Upload.parse(await answer.json())
}

const put = (url: string, body: string) =>
  fetch(`${gateway.url}${url}`, { method: 'PUT', body, headers: { 'content-type': 'application/pdf' } })

const submit = (upload: string, name?: string) =>
  post(`${gateway.url}/api/jobs/echo`, { inputs: [{ upload, ...(name ? { name } : {}) }] })

describe('an upload to the gateway', () => {
  it('is stored, looked at, and serves several jobs', async () => {
    const { uploadId, url, method } = await begin()
    expect([method, url]).toEqual(['PUT', `/api/uploads/${uploadId}?name=Gr%C3%B6%C3%9Fe.pdf`])
    const sent = {
      uploadId,
      name: 'Größe.pdf',
      size: 2000,
      sha256: createHash('sha256').update(aPdf()).digest('hex'),
      contentType: 'application/pdf',
    }
    expect(await (await put(url, aPdf())).json()).toEqual(sent)
    expect(await (await post(`${gateway.url}/api/uploads/${uploadId}/complete`)).json()).toEqual(sent)
    const jobs = [await jobIn(await submit(uploadId)), await jobIn(await submit(uploadId, 'other.pdf'))]
    expect(jobs.map(({ inputs }) => inputs[0]?.name)).toEqual(['Größe.pdf', 'other.pdf'])
    for (const {
      id,
      inputs: [input],
    } of jobs) {
      expect(input?.key.startsWith(`default/${id}/in/`)).toBe(true)
      expect((await gateway.objects.stat(input?.key ?? '')).sha256).toBe(sent.sha256)
    }
    // The upload waits for further jobs until its time is over.
    expect(await gateway.schedules()).toContain(`due.upload.default.${uploadId}`)
  })

  it('is refused when it is no PDF, empty, too large, or sent before', async () => {
    const { url } = await begin()
    expect(await problemIn(await put(url, 'nonsense'))).toMatchObject({ status: 415, code: 'not_a_pdf' })
    expect(await problemIn(await put(url, ''))).toMatchObject({ status: 400, code: 'empty_file' })
    expect(await problemIn(await put(url, aPdf(200_000)))).toMatchObject({ status: 413, code: 'too_large' })
    expect((await put(url, aPdf())).status).toBe(200)
    expect(await problemIn(await put(url, aPdf(3000)))).toMatchObject({
      status: 400,
      code: 'invalid_request',
    })
  })

  it('may be of any type that some task takes, whatever it is said to be', async () => {
    const tasks = gateway.options.catalogue.map((task) => ({
      ...task,
      inputs: { ...task.inputs, contentTypes: ['application/pdf', 'image/png'] },
    }))
    const replica = await gateway.replica({ catalogue: tasks })
    const { url, uploadId } = await begin('page.png')
    const send = (body: string) =>
      fetch(`${replica.url}${url}`, { method: 'PUT', body: Buffer.from(body, 'latin1') })
    expect(await problemIn(await send('nonsense'))).toMatchObject({ code: 'unsupported_media_type' })
    expect(await (await send('\x89PNG\r\n...')).json()).toMatchObject({ contentType: 'image/png' })
    const submitted = await post(`${replica.url}/api/jobs/echo`, { inputs: [{ upload: uploadId }] })
    expect((await jobIn(submitted)).inputs).toMatchObject([{ contentType: 'image/png' }])
    expect(await problemIn(await submit(uploadId))).toMatchObject({ code: 'unsupported_media_type' })
  })

  it('is not there before it was sent', async () => {
    const { uploadId } = await begin()
    const problems = await Promise.all([
      problemIn(await post(`${gateway.url}/api/uploads/${uploadId}/complete`)),
      problemIn(await submit(uploadId)),
      problemIn(await post(`${gateway.url}/api/uploads/nonsense/complete`)),
    ])
    for (const problem of problems) expect(problem).toMatchObject({ status: 404, code: 'unknown_upload' })
  })

  it('is deleted when its time is over, and a job that has used it keeps its file', async () => {
    const { store, scheduled, fireLast } = hurried(gateway.store)
    const replica = await gateway.replica({ store })
    const { uploadId, url } = await begin()
    const begun = Date.now()
    expect((await fetch(`${replica.url}${url}`, { method: 'PUT', body: aPdf() })).status).toBe(200)
    expect(Number(scheduled.at(-1)?.when)).toBeGreaterThanOrEqual(begun + 3600_000)
    const job = await jobIn(await submit(uploadId))
    await fireLast()
    await until(async () => (await gateway.keys()).every((key) => !key.includes(uploadId)))
    expect((await gateway.objects.stat(job.inputs[0]?.key ?? '')).size).toBe(2000)
    expect(await problemIn(await submit(uploadId))).toMatchObject({ code: 'unknown_upload' })
  })
})

describe('an upload to an object store with an address of its own', () => {
  /** The directory store plays an S3 store: what a client sends there is put by the test. */
  async function withAddress() {
    const { objects } = gateway
    return gateway.replica({
      objects: {
        ...objects,
        presignUpload: async (key, { contentType }) => ({
          url: 'https://s3.example/b',
          method: 'POST',
          fields: { key, contentType },
        }),
        confirmUpload: async (from, to, { name, typeOf }) => {
          const { stream } = await objects.get(from)
          const contentType = typeOf(await buffer((await objects.get(from)).stream))
          const stored = await objects.put(to, stream, { name, contentType })
          await objects.remove(from)
          return stored
        },
      },
    })
  }

  it('is taken over when the client says that it is complete, and looked at then', async () => {
    const s3 = await withAddress()
    const send = async (content: string) => {
      const { uploadId, method, fields } = Upload.parse(
        await (await post(`${s3.url}/api/uploads`, { name: 'Ä b.pdf' })).json(),
      )
      expect([method, fields]).toEqual([
        'POST',
        { key: `default/${uploadId}/in/sent/A_b.pdf`, contentType: 'application/octet-stream' },
      ])
      await gateway.objects.put(fields['key'] ?? '', [Buffer.from(content)], {
        name: '',
        contentType: 'application/pdf',
      })
      return uploadId
    }
    const uploadId = await send(aPdf())
    expect(await problemIn(await submit(uploadId))).toMatchObject({ code: 'unknown_upload' })
    const complete = () => post(`${s3.url}/api/uploads/${uploadId}/complete`, { name: 'Ä b.pdf' })
    const answer: unknown = await (await complete()).json()
    expect(answer).toMatchObject({ uploadId, name: 'Ä b.pdf', size: 2000, contentType: 'application/pdf' })
    expect(await (await complete()).json()).toEqual(answer)
    expect((await jobIn(await submit(uploadId))).inputs[0]?.name).toBe('Ä b.pdf')

    const bad = await send('nonsense')
    expect(await problemIn(await post(`${s3.url}/api/uploads/${bad}/complete`))).toMatchObject({
      status: 415,
      code: 'not_a_pdf',
    })
    expect((await gateway.keys()).filter((key) => key.includes(bad))).toEqual([])
  })

  it('tells when the object store is away', async () => {
    const away = await gateway.replica({
      objects: {
        ...gateway.objects,
        stat: () => Promise.reject(new ObjectStoreError('unavailable', 'k', 'no answer')),
      },
    })
    const { uploadId } = await begin()
    expect(await problemIn(await post(`${away.url}/api/uploads/${uploadId}/complete`))).toMatchObject({
      status: 503,
      code: 'storage_unavailable',
    })
  })
})
