import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ObjectStore, PresignedUpload } from '../src/port.ts'
import { bytes, contentOf, MiB, sha256, streamOf } from './sources.ts'
import { described } from './subject.ts'
import type { S3Subject } from './s3-subject.ts'

/** What clients do at the store themselves, and what an upload in parts tells of itself. */
export function servesClients(openSubject: () => Promise<S3Subject>): void {
  let subject: S3Subject
  let store: ObjectStore
  beforeAll(async () => {
    subject = await openSubject()
    store = await subject.open()
  })
  afterAll(() => store.close())

  const limits = { maxBytes: 100_000, contentType: 'application/pdf', expiresInSeconds: 60 }
  const formFor = async (key: string, options = limits) => {
    const form = await store.presignUpload?.(key, options)
    if (!form) throw new Error('there is no form')
    return form
  }
  const post = async ({ url, method, fields }: PresignedUpload, data: Buffer) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    body.append('file', new Blob([new Uint8Array(data)]), 'whatever.pdf')
    const response = await fetch(url, { method, body })
    return { ok: response.ok, status: response.status, text: await response.text() }
  }
  const confirm = (from: string, to: string) => {
    if (!store.confirmUpload) throw new Error('uploads cannot be confirmed')
    const { contentType, name } = described
    return store.confirmUpload(from, to, { headBytes: 1024, typeOf: () => contentType, name })
  }
  const isThere = (key: string) =>
    subject.client.statObject(subject.bucket, key).then(
      () => true,
      () => false,
    )

  it('takes over what a client has sent', async () => {
    const data = bytes(100_000)
    await expect(post(await formFor('sent/a'), data)).resolves.toMatchObject({ ok: true })
    await expect(store.stat('sent/a')).rejects.toMatchObject({ kind: 'missing' })
    const expected = { key: 'confirmed/a', size: data.length, sha256: sha256(data), ...described }
    await expect(confirm('sent/a', 'confirmed/a')).resolves.toEqual(expected)
    const { object, stream } = await store.get('confirmed/a')
    expect(object).toEqual(expected)
    expect(sha256(await contentOf(stream))).toBe(expected.sha256)
    expect(await isThere('sent/a')).toBe(false)
  })
  it.each<[string, number, (form: PresignedUpload) => PresignedUpload]>([
    ['is too large', 100_001, (form) => form],
    ['goes to another key', 10, (form) => ({ ...form, fields: { ...form.fields, key: 'sent/other' } })],
    [
      'has another type',
      10,
      (form) => ({ ...form, fields: { ...form.fields, 'Content-Type': 'text/html' } }),
    ],
    [
      'has another signature',
      10,
      (form) => ({ ...form, fields: { ...form.fields, 'x-amz-signature': '0'.repeat(64) } }),
    ],
    [
      'tells of an SHA-256 of its own',
      10,
      (form) => ({ ...form, fields: { ...form.fields, 'x-amz-meta-sha256': 'a'.repeat(64) } }),
    ],
  ])('refuses a form that %s', async (why, size, change) => {
    const key = `sent/${why.replaceAll(' ', '-')}`
    const { ok, status } = await post(change(await formFor(key)), bytes(size))
    expect(ok).toBe(false)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(await isThere(key)).toBe(false)
    expect(await isThere('sent/other')).toBe(false)
  })
  it('refuses a form that is over its time', async () => {
    const form = await formFor('sent/late', { ...limits, expiresInSeconds: 1 })
    await expect
      .poll(async () => (await post(form, bytes(10))).status, { timeout: 10_000, interval: 500 })
      .toBe(403)
  })
  it('tells when nothing was sent', async () => {
    await expect(confirm('sent/nothing', 'confirmed/nothing')).rejects.toMatchObject({ kind: 'missing' })
    await expect(store.stat('confirmed/nothing')).rejects.toMatchObject({ kind: 'missing' })
  })
  it('does not confirm onto a key that is taken', async () => {
    await store.put('confirmed/taken', [bytes(10)], described)
    await post(await formFor('sent/b'), bytes(20))
    await expect(confirm('sent/b', 'confirmed/taken')).rejects.toMatchObject({ kind: 'exists' })
    await expect(store.stat('confirmed/taken')).resolves.toMatchObject({ size: 10 })
  })
  it('confirms what an earlier call did not bring to its end', async () => {
    await post(await formFor('sent/c'), bytes(30))
    await subject.client.putObject(subject.bucket, 'confirmed/c', bytes(10))
    await expect(confirm('sent/c', 'confirmed/c')).resolves.toMatchObject({
      size: 30,
      sha256: sha256(bytes(30)),
    })
  })
  it('gives out an address for a download', async () => {
    const data = bytes(50_000)
    await store.put('down/f.pdf', [data], described)
    const url = await store.presignDownload?.('down/f.pdf', {
      fileName: described.name,
      expiresInSeconds: 60,
    })
    const response = await fetch(url ?? '')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    const encoded = encodeURIComponent(described.name)
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="Pr_fbericht _2026_ 100_+.pdf"; filename*=UTF-8''${encoded}`,
    )
    expect(Buffer.from(await response.arrayBuffer()).equals(data)).toBe(true)
    const part = await fetch(url ?? '', { headers: { range: 'bytes=10-19' } })
    expect(part.status).toBe(206)
    expect(Buffer.from(await part.arrayBuffer()).equals(data.subarray(10, 20))).toBe(true)
    const tampered = await fetch((url ?? '').replace('down/f.pdf', 'confirmed/taken'))
    expect(tampered.status).toBe(403)
  })

  it('tells of an upload in parts before the first part, so that others can end it', async () => {
    const key = 'parts/ended/f'
    const data = bytes(12 * MiB)
    const told = Promise.withResolvers<{ key: string; uploadId: string }>()
    const goOn = Promise.withResolvers<void>()
    const put = store.put(key, streamOf(data), {
      ...described,
      onMultipart: async (upload) => {
        told.resolve(upload)
        await goOn.promise
      },
    })
    const upload = await told.promise
    expect(upload.key).toBe(key)
    await expect(subject.leftovers(key)).resolves.toEqual([upload.uploadId])
    await store.abortUploads([upload])
    await store.abortUploads([upload])
    await expect(subject.leftovers(key)).resolves.toEqual([])
    goOn.resolve()
    await expect(put).rejects.toMatchObject({ kind: 'missing' })
    await expect(store.stat(key)).rejects.toMatchObject({ kind: 'missing' })
    // What failed is stored whole by the next try, which resumes nothing.
    await expect(store.put(key, streamOf(data), described)).resolves.toMatchObject({ sha256: sha256(data) })
  })
  it('leaves no upload when the caller could not note it', async () => {
    const reason = new Error('not noted')
    const put = store.put('parts/unnoted/f', streamOf(bytes(9 * MiB)), {
      ...described,
      onMultipart: () => Promise.reject(reason),
    })
    await expect(put).rejects.toBe(reason)
    await expect(subject.leftovers('parts/unnoted/f')).resolves.toEqual([])
  })
  it('says that wrong keys are refused, and which bucket is not there', async () => {
    const wrong = await subject.open({ secretKey: 'wrong-secret-0123456789' })
    await expect(wrong.stat('down/f.pdf')).rejects.toMatchObject({ kind: 'denied' })
    await expect(wrong.put('wrong/f', [bytes(1)], described)).rejects.toMatchObject({ kind: 'denied' })
    await wrong.close()
  })
  it('makes its bucket when it is not there', async () => {
    const bucket = `${subject.bucket}-new`
    const fresh = await subject.open({ bucket })
    await Promise.all([1, 2, 3].map((n) => fresh.put(`first/${n}`, [bytes(n)], described)))
    await expect(fresh.probe()).resolves.toBeUndefined()
    await fresh.close()
  })
}
