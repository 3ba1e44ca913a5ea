import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { run as inspect } from '@pdf-smaller/testing/pdf/inspect'
import { drawn, difference, wordsOf } from '../../../../testing/carried.ts'
import { compressFile } from '../../../../testing/context.ts'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import { legible } from '../reading/legible.ts'
import { addFaint } from './add-marks.ts'
import { layeredPage } from './layered.ts'
import { inkOfPage, splitLayers } from './split.ts'
import { levels } from '../../../levels.ts'

const [width, height, ppi] = [900, 1200, 150]
const examples = path.join(import.meta.dirname, '../../../../../../examples')

/** Paper that darkens to the right, with bars of dark red ink. */
function page(isInk: (x: number, y: number) => boolean): Pixels {
  const samples = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const paper = 250 - (x / width) * 60
      samples.set(isInk(x, y) ? [120, 20, 30] : [paper, paper, paper - 10], (y * width + x) * 3)
    }
  }
  return { width, height, channels: 3, samples }
}
const bars = (x: number, y: number) => y % 40 < 6 && x % 30 < 20 && x > 60 && y > 60

function layersOf(picture: Pixels) {
  const ink = inkOfPage(lumaOf(picture), ppi)
  return ink && splitLayers(picture, ink, ppi, { paperPpi: 75, inkPpi: 25 })
}

describe('layers of a page', () => {
  it('tell ink from paper, whatever the light', () => {
    const layers = layersOf(page(bars))
    const bit = (x: number, y: number) =>
      ((layers?.mask.bits[y * Math.ceil(width / 8) + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
    let wrong = 0
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) if ((bit(x, y) === 1) !== bars(x, y)) wrong++
    expect(wrong / (width * height)).toBeLessThan(0.001)
  })

  it('keep the colour of the ink, and of the paper under it', () => {
    const layers = layersOf(page(bars))
    const { ink, paper } = layers ?? {}
    for (let at = 0; at < (ink?.samples.length ?? 0); at += 3)
      expect([...(ink?.samples.subarray(at, at + 3) ?? [])]).toEqual([120, 20, 30])
    expect(paper?.samples.every((sample) => sample > 170)).toBe(true)
  })

  it('keep no more of a page than what is stored', async () => {
    const picture = page(bars)
    const place = { ppi, coverage: 1, viewPpi: 100, drawnPpi: 100, isSoftMask: false }
    const fine = await legible(picture, ppi)
    const made = fine && (await layeredPage(fine, picture, place, levels.maximum))
    for (const layer of [made?.paper, made?.front?.ink, made?.front?.mask])
      expect(Object.keys(layer ?? {})).toEqual(['width', 'height', 'bytes'])
  })

  it('have faint strokes as ink, whole and without the grain of the paper', async () => {
    const noise = (x: number, y: number) =>
      ((Math.imul(x * 7919 + y * 131, 2_246_822_519) >>> 9) % 101) / 5 - 10
    const isFaint = (x: number, y: number) => y > 800 && y % 40 < 24 && x % 18 < 4 && x > 60 && x < 840
    const picture = { width, height, channels: 1, samples: new Uint8Array(width * height) } as const
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const shade = bars(x, y) && y < 760 ? 40 : isFaint(x, y) ? 215 : 240
        picture.samples[y * width + x] = shade + noise(x, y)
      }
    const place = { ppi: 300, coverage: 1, viewPpi: 100, drawnPpi: 100, isSoftMask: false }
    const fine = await legible(picture, 300)
    const made = fine && (await layeredPage(fine, picture, place, levels.maximum))
    const ink = new Uint8Array(width * height)
    if (fine) addFaint(ink, picture, fine.faint.runs)
    let [strokes, missed, wrong] = [0, 0, 0]
    for (let y = 760; y < height; y++)
      for (let x = 0; x < width; x++) {
        const has = ink[y * width + x] === 1
        if (isFaint(x, y)) strokes++
        if (isFaint(x, y) && !has) missed++
        if (has && !isFaint(x, y)) wrong++
      }
    expect(missed / strokes).toBeLessThan(0.02)
    expect(wrong / strokes).toBeLessThan(0.02)
    // The paper has nothing of them left, so no patch stands over it.
    expect(made?.patches).toEqual([])
  })

  it('are none for a picture, or for an empty page', async () => {
    const { data } = await sharp({
      create: {
        width,
        height,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const picture = { width, height, channels: 3, samples: data } as const
    const place = { ppi, coverage: 1, viewPpi: 100, drawnPpi: 100, isSoftMask: false }
    const fine = await legible(picture, ppi)
    expect(fine && (await layeredPage(fine, picture, place, levels.maximum))).toBeUndefined()
    expect(layersOf(page(() => false))).toBeUndefined()
  })
})

describe('a scan in layers', () => {
  it('is far smaller, and looks the same to two engines', async () => {
    const file = path.join(examples, 'scan-colour.pdf')
    const { output, result } = await compressFile(file, { level: 'high' })
    expect(result.ratio).toBeLessThan(0.08)
    expect(result.look?.ssim).toBeGreaterThan(0.97)
    expect(await inspect(output, 'pdfimages', ['-list', '{}'])).toContain('jbig2')
    expect(difference(await drawn(await readFile(file), 2), await drawn(output, 2))).toBeLessThan(3)
    const script = 'gs -q -sDEVICE=pgmraw -r40 -dLastPage=1 -o - "$0" | base64 -w0'
    const grey = async (pdf: Buffer) => Buffer.from(await inspect(pdf, 'sh', ['-c', script, '{}']), 'base64')
    expect(difference(await grey(await readFile(file)), await grey(output))).toBeLessThan(5)
    expect(await wordsOf(output)).toEqual([])
  })

  it('stays one image where the level gives up little', async () => {
    const { output } = await compressFile(path.join(examples, 'scan-colour.pdf'), { level: 'low' })
    expect(await inspect(output, 'pdfimages', ['-list', '{}'])).not.toContain('jbig2')
  })
})
