import { readFile } from 'node:fs/promises'
import { request as open } from 'node:http'
import { Estimate } from '@pdf-smaller/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  aPdf,
  assertNothingLeft,
  form,
  type Harness,
  openHarness,
  post,
  problemIn,
} from '../../testing/harness.ts'

let gateway: Harness
let brochure: string
beforeAll(async () => {
  gateway = await openHarness({ env: { PDF_SMALLER_MAX_UPLOAD_MB: '2' } })
  brochure = await readFile(new URL('../../../../examples/brochure.pdf', import.meta.url), 'latin1')
})
afterAll(() => gateway.close())

const ask = (body?: unknown) => post(`${gateway.url}/api/estimate`, body)
const blob = (text: string) => new Blob([Buffer.from(text, 'latin1')], { type: 'application/pdf' })

async function estimateIn(answer: Response): Promise<Estimate> {
  expect(answer.status).toBe(200)
  return Estimate.strict().parse(await answer.json())
}

describe('an estimate', () => {
  afterEach(() => assertNothingLeft(gateway))

  it('tells what each level would make of a file that is sent', async () => {
    const data = new FormData()
    data.append('task', 'compress')
    data.append('file', blob(brochure), 'brochure.pdf')
    const { bytes, pages, images, parts, levels, warnings } = await estimateIn(await ask(data))
    expect([bytes, pages, warnings]).toEqual([brochure.length, 4, []])
    expect(images.find((group) => group.class === 'jpeg')).toMatchObject({ count: 4, pixels: 4_058_800 })
    expect(parts.images + parts.fonts + parts.contents + parts.others).toBe(bytes)
    for (const level of Object.values(levels)) {
      expect(level.saved).toBe(bytes - level.bytes)
      expect(level.least).toBeLessThanOrEqual(level.bytes)
      expect(level.most).toBeGreaterThanOrEqual(level.bytes)
      expect(level.ratio).toBeCloseTo(level.bytes / bytes, 9)
    }
    expect(levels.maximum.bytes).toBeLessThan(levels.low.bytes)
  })

  it('warns of what stands in the way', async () => {
    const locked = `${aPdf()} trailer << /Encrypt 5 0 R >> 4 0 obj << /Type /Sig /ByteRange [0 1 2 3] >> endobj`
    expect((await estimateIn(await ask(form([locked])))).warnings).toEqual(['encrypted', 'signed'])
    expect((await estimateIn(await ask(form([aPdf()])))).warnings).toEqual(['no_pages_found'])
  })

  it.each([
    ['no PDF', form(['nonsense']), 415, 'not_a_pdf'],
    ['an empty file', form(['']), 400, 'empty_file'],
    ['no file', form([]), 400, 'missing_file'],
    ['nothing', undefined, 400, 'missing_file'],
    ['two files', form([aPdf(), aPdf()]), 400, 'too_many_files'],
    ['too large a file', form([aPdf(2 * 1024 * 1024 + 1)]), 413, 'too_large'],
    ['a file that is announced too large', form([aPdf(4 * 1024 * 1024)]), 413, 'too_large'],
    ['another task', form([aPdf()], { task: 'merge' }), 400, 'invalid_request'],
    ['options', form([aPdf()], { level: 'high' }), 400, 'invalid_request'],
    ['JSON without an upload', { task: 'compress' }, 400, 'invalid_request'],
    [
      'an upload that is not there',
      { input: { upload: '0198f0a0-0000-7000-8000-000000000000' } },
      404,
      'unknown_upload',
    ],
  ])('of %s is refused', async (_, body, status, code) => {
    expect(await problemIn(await ask(body))).toMatchObject({ status, code })
  })

  it('that the client gives up ends, and the gateway goes on', async () => {
    const request = open(`${gateway.url}/api/estimate`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    })
    request.on('error', () => {})
    const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    await new Promise((written) => request.write(head + aPdf(100_000), written))
    request.destroy()
    await new Promise((closed) => request.once('close', closed))
    await estimateIn(await ask(form([aPdf()])))
  })
})

describe('an estimate of an upload', () => {
  it('is that of the same file sent with the request', async () => {
    const { uploadId, url }: { uploadId: string; url: string } = JSON.parse(
      await (await post(`${gateway.url}/api/uploads`)).text(),
    )
    const headers = { 'content-type': 'application/pdf' }
    await fetch(`${gateway.url}${url}`, { method: 'PUT', body: blob(brochure), headers })
    const data = new FormData()
    data.append('file', blob(brochure))
    const { tookMs: _, ...sent } = await estimateIn(await ask(data))
    expect(await estimateIn(await ask({ input: { upload: uploadId } }))).toMatchObject(sent)
  })
})
