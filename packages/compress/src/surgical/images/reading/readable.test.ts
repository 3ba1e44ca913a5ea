import { describe, expect, it } from 'vitest'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { type Scanner, scanAmounts } from '@pdf-smaller/testing/pdf/scan-amounts'
import { compressBytes } from '../../../../testing/context.ts'
import { Level } from '../../../levels.ts'
import { flate, image, pageWith } from '../../../../testing/image-page.ts'

/** The amounts that Tesseract reads on the first page, drawn with 300 pixels per inch. */
async function readAmounts(pdf: Buffer): Promise<Set<string>> {
  const script = 'pdftoppm -r 300 -gray -singlefile "$0" | OMP_THREAD_LIMIT=1 tesseract - - --dpi 300 --psm 6'
  const text = await run(pdf, 'sh', ['-c', script, '{}'])
  return new Set(text.match(/[\d,]+\.\d\d\b/g) ?? [])
}

/** The share of strong red on the page. */
async function redPart(pdf: Buffer): Promise<number> {
  const script = 'pdftoppm -r 100 -singlefile "$0" | base64 -w0'
  const ppm = Buffer.from(await run(pdf, 'sh', ['-c', script, '{}']), 'base64')
  const data = ppm.subarray(ppm.indexOf('255\n') + 4)
  let red = 0
  for (let at = 0; at < data.length; at += 3)
    if ((data[at] ?? 0) - Math.max(data[at + 1] ?? 0, data[at + 2] ?? 0) > 60) red++
  return red / (data.length / 3)
}

const scanners: Scanner[] = [
  { dpi: 150, colours: 'grey', noise: 4, quality: 75 },
  { dpi: 150, colours: 'colour', noise: 2, quality: 85 },
  { dpi: 300, colours: 'colour', noise: 4, quality: 60 },
]

describe('a scan of amounts', () => {
  it.each(scanners)('keeps digits, points and colours at maximum: $dpi ppi, $colours', async (scanner) => {
    const { pdf, printed } = await scanAmounts(scanner)
    const { output, result } = await compressBytes(pdf, { level: 'maximum' })
    expect(result.ratio).toBeLessThan(0.9)
    const [before, after] = await Promise.all([readAmounts(pdf), readAmounts(output)])
    const known = printed.filter((amount) => before.has(amount))
    expect(known.length).toBeGreaterThan(printed.length * 0.7)
    expect(known.filter((amount) => !after.has(amount))).toEqual([])
    if (scanner.colours === 'colour') {
      const [was, is] = [await redPart(pdf), await redPart(output)]
      expect(is / was).toBeGreaterThan(0.8)
    }
  })
})

describe('a stronger level', () => {
  it.each([
    { dpi: 150, colours: 'grey', noise: 3, quality: 80, isFaint: true },
    { dpi: 200, colours: 'grey', noise: 3, quality: 80, isFaint: true },
    { dpi: 100, colours: 'grey', noise: 3, quality: 80 },
  ] satisfies Scanner[])('never makes more of a scan: $dpi ppi, faint: $isFaint', async (scanner) => {
    const { pdf } = await scanAmounts(scanner)
    const sizes: number[] = []
    for (const level of Level.options) sizes.push((await compressBytes(pdf, { level })).result.bytesAfter)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  })
})

describe('a coloured picture', () => {
  it('keeps a sign in a colour as light as its ground', async () => {
    const pdf = await pageWith(() => {
      const data = Buffer.alloc(320 * 240 * 3)
      for (let at = 0; at < 320 * 240; at++) {
        const [x, y] = [at % 320, Math.floor(at / 320)]
        const isSign = Math.abs(x - 160) < 14 || Math.abs(y - 120) < 14
        data.set(isSign ? [40, 118, 60] : [216, 40, 40], at * 3)
      }
      return flate(image('DeviceRGB', 8, data))
    })
    const { output } = await compressBytes(pdf, { level: 'maximum' })
    expect(await redPart(output)).toBeCloseTo(await redPart(pdf), 1)
  })
})
