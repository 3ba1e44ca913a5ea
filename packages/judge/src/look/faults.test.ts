import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Page } from '@pdf-smaller/testing/pdf/document'
import { levels, lookVerdicts } from '../../testing/looks.ts'
import { pageWith, pageWithImage, type Rgb } from '../../testing/page.ts'

/** Ten colours in bands, as the palette of a map. */
const palette: Rgb[] = [
  [0, 128, 255], [25, 230, 128], [50, 205, 128], [75, 180, 80], [100, 155, 128],
  [125, 130, 128], [150, 105, 128], [175, 80, 240], [200, 55, 128], [225, 30, 0],
] // prettier-ignore
const band = (x: number) => palette[Math.floor(x / 10)] ?? [0, 0, 0]
const noise = (x: number, y: number, salt: number) =>
  (Math.imul(x * 131 + y * 7919 + salt, 2_654_435_761) >>> 8) & 255
/** What a reader makes of the channels of red, green and blue that it takes for lightness and colour differences. */
const untransformed = ([r, g, b]: Rgb): Rgb => {
  const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)))
  return [
    clamp(r + 1.402 * (b - 128)),
    clamp(r - 0.344 * (g - 128) - 0.714 * (b - 128)),
    clamp(r + 1.772 * (g - 128)),
  ]
}

describe('a picture', () => {
  const picture = pageWithImage(band)

  it.each([
    ['white', () => [255, 255, 255]],
    ['red', () => [255, 0, 0]],
    ['black', () => [0, 0, 0]],
    ['noise', (x, y) => [noise(x, y, 1), noise(x, y, 2), noise(x, y, 3)]],
    ['garbage of its own colours', (x, y) => palette[noise(x, y, 1) % 10] ?? [0, 0, 0]],
    ['of a swapped palette', (x) => palette[9 - Math.floor(x / 10)] ?? [0, 0, 0]],
    ['of a palette whose channels are swapped', (x) => { const [r, g, b] = band(x); return [b, g, r] }],
    ['without its colour transform', (x) => untransformed(band(x))],
  ] satisfies [string, (x: number, y: number) => Rgb][])('that is %s is damaged at every level', async (_, sample) => {
    const verdict = await lookVerdicts(picture, pageWithImage(sample))
    for (const level of levels) expect([level, verdict(level)]).toEqual([level, expect.any(String)])
  }) // prettier-ignore

  it('may lose a little of its colours', async () => {
    const paler = pageWithImage((x, y) => {
      const [r, g, b] = band(x)
      const grain = (noise(x, y, 5) % 9) - 4
      return [r + grain, g + grain, b + grain].map((each) => Math.max(0, Math.min(255, each))) as [
        number,
        number,
        number,
      ]
    })
    expect((await lookVerdicts(picture, paler))('low')).toBeUndefined()
  })

  it('turns grey where that was asked for, and white nowhere', async () => {
    const grey = pageWithImage((x) => {
      const [r, g, b] = band(x)
      const light = Math.round(0.299 * r + 0.587 * g + 0.114 * b)
      return [light, light, light]
    })
    const ofGrey = await lookVerdicts(picture, grey)
    expect(ofGrey('medium', 'grayscale')).toBeUndefined()
    expect(ofGrey('maximum')).toMatch(/colour/)
    const ofWhite = await lookVerdicts(
      picture,
      pageWithImage(() => [255, 255, 255]),
    )
    for (const colours of ['grayscale', 'black-white'] as const)
      expect(ofWhite('medium', colours)).toBeDefined()
  })
})

describe('a small thing on a page of text', () => {
  /** A stamp over the text. */
  const stamp = (colour: string) => (page: Page) => {
    page.rect({ x: 200, y: 200, width: 120, height: 50 }, { stroke: colour, lineWidth: 3 })
    page.text({ x: 212, y: 234 }, 'PAID', { font: 'Helvetica-Bold', size: 30, colour })
  }
  const icon = (ground: string, marks: string) => (page: Page) => {
    page.rect({ x: 300, y: 600, width: 20, height: 17 }, { fill: ground, stroke: marks })
    for (const x of [305, 309, 313])
      page.line({ x, y: 604 }, { x, y: 613 }, { colour: marks, lineWidth: 1.5 })
  }
  const words = (colour: string) => (page: Page) =>
    page.text({ x: 60, y: 620 }, 'overdue since March', { font: 'Helvetica', size: 10, colour })
  const amount = (point: string) => (page: Page) => {
    page.text({ x: 60, y: 620 }, '12', { font: 'Helvetica', size: 8 })
    page.text({ x: 68.9, y: 620 }, point, { font: 'Helvetica', size: 8 })
    page.text({ x: 71.1, y: 620 }, '5', { font: 'Helvetica', size: 8 })
  }

  it.each([
    ['a red stamp turned black', stamp('#c8141e'), stamp('#1e1e1e')],
    ['a red icon turned into a flat patch', icon('#fa0505', '#000000'), icon('#a01429', '#a01429')],
    ['red words turned black', words('#c8141e'), words('#1e1e1e')],
    ['blue words turned black', words('#1428b4'), words('#1e1e1e')],
    ['a lost decimal point', amount('.'), amount(' ')],
    ['lost words', words('#000000'), () => {}],
    ['a page that is blank below its head', stamp('#c8141e'), (page: Page) => page.rect({ x: 0, y: 90, width: 600, height: 700 }, { fill: '#ffffff' })],
  ])('%s is damage at every level', async (_, before, after) => {
    const verdict = await lookVerdicts(pageWith(before), pageWith(after))
    for (const level of levels) expect([level, verdict(level)]).toEqual([level, expect.any(String)])
  }) // prettier-ignore

  it('is damage at the usual level where it is flat, though of the mean of its colours', async () => {
    const [before, after] = [icon('#fa0505', '#000000'), icon('#b80404', '#b80404')]
    expect((await lookVerdicts(pageWith(before), pageWith(after)))('medium')).toBeDefined()
  })

  it.each([
    ['a stamp as it is', stamp('#c8141e'), stamp('#c8141e'), 'asItWas'],
    ['a point as it is', amount('.'), amount('.'), 'asItWas'],
    ['words a shade lighter', words('#c8141e'), words('#d02830'), 'low'],
  ] as const)('%s is no damage', async (_, before, after, level) => {
    expect((await lookVerdicts(pageWith(before), pageWith(after)))(level)).toBeUndefined()
  })
})

const faults = path.join(import.meta.dirname, '../../../../../shared/faults')

/** What such files come to when an entry that says how samples are to be read is lost; entries of the same length. */
describe.runIf(existsSync(faults))('pictures that are read otherwise', () => {
  it.each([
    ['img-indexed8-decode-0-255-small.pdf', '/Decode [ 0 255 ]', '/Decode [ 0 007 ]'],
    ['img-indexed8-decode-0-255-small.pdf', '/Decode [ 0 255 ]', '/Decode [ 255 0 ]'],
    ['img-indexed4-decode-0-15-small.pdf', '/Decode [ 0 15 ]', '/Decode [ 15 0 ]'],
    ['indexed-10colours-decode.pdf', '/Decode [ 0 255 ]', '/Decode [ 255 0 ]'],
    ['img-jpeg-ct0-small.pdf', '/ColorTransform 0', '/ColorTransform 1'],
    ['pred-array.pdf', '/Predictor 15', '/Predictor 1 '],
  ])('%s with %s as %s is damaged at every level', async (name, entry, other) => {
    const before = await readFile(path.join(faults, name))
    const after = Buffer.from(before.toString('latin1').replace(entry, other), 'latin1')
    expect(after.equals(before)).toBe(false)
    const verdict = await lookVerdicts(before, after)
    for (const level of levels) expect([level, verdict(level)]).toEqual([level, expect.any(String)])
  })
})
