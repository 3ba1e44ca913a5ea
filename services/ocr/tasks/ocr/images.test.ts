import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { a4 } from '@pdf-smaller/testing/pdf/document'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { distance, scanned, slip, truth, wordsOf } from '@pdf-smaller/recognition/testing/scanned'
import { ocr } from './task.ts'

/** A slip on A4 as a photograph that does not say how large its paper was. */
const photograph = async () => {
  const scan = await scanned([{}], slip(a4))
  const jpeg = await run(scan, 'sh', ['-c', 'pdfimages -all "$0" i && base64 -w0 i-000.jpg', '{}'])
  return Buffer.from(jpeg, 'base64')
}

describe('images', () => {
  it('become pages in their order, with the text that they show', async () => {
    const jpeg = await photograph()
    const blank = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    const tiff = await sharp(jpeg).threshold(150).toColourspace('b-w').tiff({ bitdepth: 1 }).toBuffer()
    const { result, outputs } = await runTask(ocr, [
      { name: 'slip.jpg', bytes: jpeg, contentType: 'image/jpeg' },
      { name: 'blank.png', bytes: blank, contentType: 'image/png' },
      { name: 'fax.tif', bytes: tiff, contentType: 'image/tiff' },
    ])
    const pdf = outputs[0]?.bytes ?? Buffer.alloc(0)
    await qpdfCheck(pdf)
    expect(outputs.map(({ name }) => name)).toEqual(['slip.pdf'])
    expect(pdf.includes(jpeg)).toBe(true)
    expect(result).toMatchObject({ pages: 3, untouched: 0, recognition: { blank: [2], failed: [] } })
    for (const page of [1, 3]) {
      const { found, away } = distance(await wordsOf(pdf, page), await truth())
      expect(found).toBeGreaterThan(0.9)
      expect(away).toBeLessThan(4)
    }
  })

  it.each([
    ['one that is broken', ['bad.png', Buffer.from('\u0089PNG\r\n', 'latin1'), 'image/png'], 'damaged_image'],
    ['a PDF among them', ['b.pdf', Buffer.from('%PDF-1.7'), 'application/pdf'], 'too_many_files'],
  ] as const)('are refused with %s, which is named', async (_, [name, bytes, contentType], code) => {
    const good = { name: 'good.jpg', bytes: await photograph(), contentType: 'image/jpeg' }
    const work = runTask(ocr, [good, { name, bytes, contentType }])
    await expect(work).rejects.toMatchObject({ code, message: expect.stringContaining(name) })
  })
})
