import { createHash } from 'node:crypto'
import { readdir, truncate } from 'node:fs/promises'
import path from 'node:path'
import { PageWords } from '@pdf-smaller/contracts'
import { PageList } from '@pdf-smaller/contracts/http'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complete, type Harness, jobIn, openHarness, post, problemIn } from '../../../testing/harness.ts'

const keyOf = (id: string, tenant: string) => ({
  id,
  tenant,
  scopes: ['read' as const, 'submit' as const, 'admin' as const],
  sha256: createHash('sha256').update(id).digest('hex'),
})
const [own, other] = [{ authorization: 'Bearer own' }, { authorization: 'Bearer other' }]

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness({
    env: { PDF_SMALLER_PAGE_CACHE_MB: '1', PDF_SMALLER_SANDBOX: 'off' },
    keys: [keyOf('own', 'default'), keyOf('other', 'another')],
  })
})
afterAll(() => gateway.close())

/** A job of a document of two pages, and of what is no PDF. */
async function made(pdf = textPages([['first page'], ['second']])) {
  const files = new FormData()
  files.set('file', new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }), '<b>in.pdf')
  const job = await jobIn(await post(`${gateway.url}/api/tasks/echo/jobs`, files, own))
  await complete(gateway, job, { 'out.pdf': 'no PDF' })
  return job.id
}
const ask = (id: string, rest: string, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/api/jobs/${id}/pages/${rest}`, { headers: { ...own, ...headers } })
const keptOf = async (id: string) => (await gateway.keys()).filter((key) => key.includes(`${id}/pages/`))
const hosts = () => readdir(path.join(gateway.folder, 'work')).catch(() => [])

describe('pages of the files of a job', () => {
  it('are told, drawn once, and read', async () => {
    const id = await made()
    const told = PageList.parse(await (await ask(id, 'input-1')).json())
    expect(told).toMatchObject({ file: 'input-1', name: '<b>in.pdf', pages: 2 })
    expect(told.sizes).toHaveLength(2)
    const drawn = await ask(id, 'input-1/2/picture?width=200')
    const headers = Object.fromEntries(drawn.headers)
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, no-cache',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    })
    const picture = Buffer.from(await drawn.arrayBuffer())
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'webp', width: 256 })
    const words = PageWords.parse(await (await ask(id, 'input-1/1/words')).json())
    expect(words.words.map(({ text }) => text)).toEqual(['first', 'page'])

    // Whoever has it is told that it is the same; whoever has not, gets what is kept, of whatever width is drawn as that one.
    const again = await ask(id, 'input-1/2/picture?width=256', { 'if-none-match': headers['etag'] ?? '' })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const kept = await keptOf(id)
    expect(kept).toHaveLength(3)
    const running = await hosts()
    const same = await ask(id, 'input-1/2/picture?width=256')
    expect(Buffer.from(await same.arrayBuffer()).equals(picture)).toBe(true)
    expect([await keptOf(id), await hosts()]).toEqual([kept, running])
  })

  it('are drawn anew where what was kept is damaged', async () => {
    const id = await made()
    const picture = async () => Buffer.from(await (await ask(id, 'input-1/1/picture')).arrayBuffer())
    const before = await picture()
    const objects = path.join(gateway.folder, 'objects')
    const names = await readdir(objects, { recursive: true })
    const kept = names.filter((name) => name.includes(`${id}/pages/`) && name.includes('.webp'))
    expect(kept).toHaveLength(1)
    for (const name of kept) await truncate(path.join(objects, name), 1)
    expect((await picture()).equals(before)).toBe(true)
    expect(await keptOf(id)).toHaveLength(1)
  })

  it('are the files of the job: counted and deleted with them, and gone for whoever has an ETag', async () => {
    const id = await made()
    const drawn = await ask(id, 'input-1/1/picture')
    expect(drawn.status).toBe(200)
    expect(await keptOf(id)).toHaveLength(1)
    const erased = await fetch(`${gateway.url}/api/jobs/${id}`, { method: 'DELETE', headers: own })
    expect(await erased.json()).toMatchObject({ files: 3 })
    expect(await keptOf(id)).toEqual([])
    const headers = { 'if-none-match': drawn.headers.get('etag') ?? '' }
    for (const rest of ['input-1', 'input-1/1/words', 'input-1/1/picture'])
      expect(await problemIn(await ask(id, rest, headers))).toMatchObject({
        status: 410,
        code: 'file_expired',
      })
  })

  it('are nobody else’s', async () => {
    const id = await made()
    for (const rest of ['input-1', 'input-1/1/words', 'input-1/1/picture', 'input-9']) {
      const theirs = await problemIn(await ask(id, rest, other))
      expect(theirs).toMatchObject({ status: 404, code: 'unknown_job' })
      const stranger = await fetch(`${gateway.url}/api/jobs/${id}/pages/${rest}`)
      expect((await problemIn(stranger)).code).toBe('unauthorized')
    }
    expect(await keptOf(id)).toEqual([])
  })

  it('are refused with a reason where there are none', async () => {
    const id = await made()
    const codes = await Promise.all(
      [
        'input-2',
        'output-1',
        'input-1/3/picture',
        'input-1/0/picture',
        'input-0',
        '../files',
        'input-1/1/picture?width=0',
      ].map(async (rest) => (await problemIn(await ask(id, rest))).code),
    )
    expect(codes).toEqual([
      'unknown_file',
      'damaged_pdf',
      'no_such_page',
      'invalid_request',
      'invalid_request',
      'unknown_route',
      'invalid_request',
    ])
    const locked = await made(await encrypted(textPages([['x']]), { user: 'open sesame', owner: 'owner' }))
    expect(await problemIn(await ask(locked, 'input-1'))).toMatchObject({
      status: 422,
      code: 'encrypted_pdf',
    })
    expect(await keptOf(locked)).toEqual([])
  })
})
