import { describe, expect, it } from 'vitest'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { distance, scanned, slipSize, type Variant, wordsOf } from '@pdf-smaller/recognition/testing/scanned'
import { ocr } from './task.ts'

async function straight(bytes: Buffer, options: object = {}) {
  const { result, outputs } = await runTask(ocr, [{ name: 'doc.pdf', bytes }], { deskew: true, ...options })
  const [pdf] = outputs
  if (!pdf) throw new Error('there is no output')
  await qpdfCheck(pdf.bytes)
  return { result, pdf: pdf.bytes }
}

const { width, height } = slipSize
const cropped = {
  MediaBox: [0, 0, height + 100, width + 90],
  CropBox: [40, 30, 40 + height, 30 + width],
  Rotate: 90,
}
const variants: Variant[] = [
  {},
  { askew: 0.7 },
  { askew: 5 },
  { askew: -5, turned: 180, entries: { Rotate: 180 } },
  { askew: 2, turned: 270, left: 40, bottom: 30, entries: cropped },
  { broken: 'blank' },
]

describe('pages that lie askew', () => {
  it('are straightened with their text, and no others', async () => {
    const before = await scanned(variants)
    const { result, pdf } = await straight(before)
    const found = new Map(result.straightened.map(({ page, degrees }) => [page, degrees]))
    for (const [index, { askew = 0 }] of variants.entries())
      expect(Math.abs((found.get(index + 1) ?? 0) + askew), `page ${index + 1}`).toBeLessThan(0.15)
    expect([...found.keys()]).toEqual([2, 3, 4, 5])
    const upright = await wordsOf(pdf)
    for (const page of found.keys()) {
      const { found: share, away } = distance(await wordsOf(pdf, page), upright)
      expect(share, `page ${page}`).toBeGreaterThan(0.95)
      expect(away, `page ${page}`).toBeLessThan(1.5)
    }
    // Seen, they are as straight as their text is: read anew, there is nothing askew and the words are where they were.
    const again = await straight(pdf, { mode: 'force' })
    expect(again.result.straightened).toEqual([])
    for (const page of found.keys())
      expect(distance(await wordsOf(again.pdf, page), upright).away, `page ${page}`).toBeLessThan(1.5)
  })

  it('are drawn straight where pictures of pages are made', async () => {
    const upright = await wordsOf((await straight(await scanned([{}]))).pdf)
    const { result, pdf } = await straight(await scanned([{ askew: -2 }]), { mode: 'force' })
    expect(result.straightened).toHaveLength(1)
    const again = await straight(pdf, { mode: 'force' })
    expect(again.result.straightened).toEqual([])
    expect(distance(await wordsOf(again.pdf), upright).away).toBeLessThan(1.5)
  })

  it('keep the bytes of their images, and take their annotations along', async () => {
    const images = (pdf: Buffer) =>
      run(pdf, 'sh', ['-c', 'pdfimages -all "$0" image && sha1sum image-*', '{}'])
    const link = { Type: 'Annot', Subtype: 'Link', Rect: [100, 230, 200, 250], Border: [0, 0, 0] }
    const before = await scanned([{ askew: 5, entries: { Annots: [link] } }])
    const { pdf } = await straight(before)
    expect(await images(pdf)).toBe(await images(before))
    const json = await run(pdf, 'qpdf', ['--json', '{}'])
    const [, rectangle = ''] = /"\/Rect": \[([^\]]*)\]/.exec(json) ?? []
    const [left = 0, bottom = 0, right = 0, top = 0] = rectangle.split(',').map(Number)
    expect([right - left, top - bottom].map(Math.round)).toEqual([100, 20])
    // Turned back, that is counterclockwise, what is left of the middle and above it goes down and to the left.
    expect((left + right) / 2).toBeLessThan(150)
    expect((bottom + top) / 2).toBeLessThan(240)
  })
})
