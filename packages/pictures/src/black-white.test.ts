import { describe, expect, it } from 'vitest'
import type { Bitmap } from './bitmap.ts'
import { blackWhite, dotted, halved } from './black-white.ts'
import type { Pixels } from './pixels.ts'
import { shadesOf } from './shades.ts'

const [width, height] = [400, 300]

function drawn(channels: 1 | 3, level: (x: number, y: number, channel: number) => number): Pixels {
  const samples = new Uint8Array(width * height * channels)
  for (const at of samples.keys()) {
    const pixel = Math.floor(at / channels)
    samples[at] = level(pixel % width, Math.floor(pixel / width), at % channels)
  }
  return { width, height, channels, samples }
}

const isBlack = ({ bits }: Bitmap, x: number, y: number) =>
  ((bits[y * (width / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0

/** The part that is black of the columns from `left` on. */
function blackPart(bitmap: Bitmap, left = 0, right = width): number {
  let black = 0
  for (let y = 0; y < height; y++) for (let x = left; x < right; x++) black += isBlack(bitmap, x, y) ? 1 : 0
  return black / (right - left) / height
}

const isStroke = (x: number, y: number) => x % 40 < 5 && y % 50 > 10
/** Paper that darkens to the right by a third, with grain. */
const paper = (x: number, y: number) => 245 - (x / width) * 80 + ((x * 7 + y * 13) % 9)

describe('black and white', () => {
  it('tells strokes from uneven paper, grain and all', () => {
    const scan = drawn(1, (x, y) => paper(x, y) - (isStroke(x, y) ? 90 : 0))
    expect(shadesOf(scan).isPicture).toBe(false)
    const bitmap = blackWhite(scan, 150)
    let wrong = 0
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) wrong += isBlack(bitmap, x, y) === isStroke(x, y) ? 0 : 1
    expect(wrong).toBe(0)
  })

  it('keeps coloured strokes, on cream paper that has no colour of its own', () => {
    const cream = [250, 240, 215]
    const blue = [70, 90, 190]
    const letter = drawn(3, (x, y, channel) => (isStroke(x, y) ? blue : cream)[channel] ?? 0)
    expect(shadesOf(letter).isPicture).toBe(false)
    const bitmap = blackWhite(letter, 150)
    expect([isBlack(bitmap, 2, 30), isBlack(bitmap, 20, 30)]).toEqual([true, false])
  })

  it('leaves nothing white within what is black', () => {
    const bar = drawn(1, (x) => (x < 200 ? 20 : 250))
    expect(blackPart(blackWhite(bar, 100), 0, 200)).toBe(1)
  })

  it('shows the shades of a picture as dots, and those of one beside writing', () => {
    const slope = drawn(1, (x) => 40 + (x / width) * 160)
    expect(shadesOf(slope).isPicture).toBe(true)
    const bitmap = dotted(slope)
    for (const left of [0, 100, 200, 300])
      expect(blackPart(bitmap, left, left + 100)).toBeCloseTo(1 - (60 + left * 0.4) / 255, 1)
    const page = drawn(1, (x, y) => (x < 100 ? 110 : isStroke(x, y) ? 20 : 250))
    const both = blackWhite(page, 100)
    expect(shadesOf(page).isPicture).toBe(false)
    expect(blackPart(both, 0, 80)).toBeCloseTo(1 - 110 / 255, 1)
    expect(isBlack(both, 242, 30)).toBe(true)
    expect(isBlack(both, 260, 30)).toBe(false)
  })

  it('makes masks hard at half cover', () => {
    expect(blackPart(halved({ ...drawn(1, (x) => (x / width) * 255) }))).toBeCloseTo(0.5, 1)
  })
})
