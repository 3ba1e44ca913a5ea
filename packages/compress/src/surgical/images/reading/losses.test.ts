import { lookLimits } from '@pdf-smaller/judge/limits'
import { describe, expect, it } from 'vitest'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import { keptInLayers } from '../../../levels.ts'
import { isWhole, openReading } from './losses.ts'

const [width, height, ppi] = [600, 400, 300]
const paper = [244, 240, 232] as const
const { mostColour } = lookLimits.medium

type Paint = readonly [
  x: number,
  y: number,
  width: number,
  height: number,
  colour: readonly [number, number, number],
]

function page(...paints: Paint[]): Pixels {
  const samples = new Uint8Array(width * height * 3)
  for (let at = 0; at < samples.length; at += 3) samples.set(paper, at)
  for (const [left, top, across, down, colour] of paints) {
    for (let y = top; y < top + down; y++)
      for (let x = left; x < left + across; x++) samples.set(colour, (y * width + x) * 3)
  }
  return { width, height, channels: 3, samples }
}

/** The page with noise of up to so many levels to each side. */
function grainy(whole: Pixels, most = 12): Pixels {
  const samples = whole.samples.map((value, at) => {
    const noise = ((Math.imul(Math.floor(at / 3) * 7919 + 131, 2_246_822_519) >>> 9) % 101) / 50 - 1
    return Math.min(255, Math.max(0, value + noise * most))
  })
  return { ...whole, samples }
}

const rowsOf =
  ({ samples }: Pixels) =>
  (y: number) =>
    samples.subarray(y * width * 3, (y + 1) * width * 3)
function lossesBetween(before: Pixels, after: Pixels) {
  const reading = openReading(before, lumaOf(before), ppi)
  if (!reading) throw new Error('it is not told what is to be read')
  return reading(rowsOf(after), { mostColour, leastKept: keptInLayers })
}

const black = [30, 30, 34] as const
const digit: Paint = [100, 100, 6, 30, black]
/** The point of 4 pt type at 300 pixels per inch. */
const point: Paint = [110, 128, 2, 2, black]

describe('what a reader misses', () => {
  it('is nothing on the same page', () => {
    const whole = page(digit, point)
    expect(isWhole(lossesBetween(whole, whole))).toBe(true)
  })

  it('is a point that is gone, or paler than half', () => {
    const gone = lossesBetween(page(digit, point), page(digit))
    expect(gone.faded).toHaveLength(1)
    expect(gone.faded[0]).toMatchObject({ left: 110, top: 128, right: 112, bottom: 130, polarity: 'dark' })
    const pale = page(digit, [110, 128, 2, 2, [160, 160, 160]])
    expect(lossesBetween(page(digit, point), pale).faded).toHaveLength(1)
    const soft = page(digit, [110, 128, 2, 2, [110, 110, 110]])
    expect(isWhole(lossesBetween(page(digit, point), soft))).toBe(true)
  })

  it('is a faint stroke that is gone, or blurred to a shade', () => {
    const strokes = (grey: number, across: number) =>
      Array.from({ length: 12 }, (_, at): Paint => [200 + at * 16, 200, across, 40, [grey, grey, grey]])
    const written = grainy(page(digit, ...strokes(218, 4)))
    const before = lossesBetween(written, page(digit, ...strokes(218, 4)))
    expect(before.blurred).toEqual([])
    expect(lossesBetween(written, page(digit)).blurred.length).toBeGreaterThan(10)
    // As much ink, on four times the width.
    const shade: Paint = [194, 200, 192, 40, [235, 235, 235]]
    expect(lossesBetween(written, page(digit, shade)).blurred.length).toBeGreaterThan(10)
    expect(lossesBetween(grainy(page(digit)), page(digit)).blurred).toEqual([])
  })

  it('is a point that has moved away from its place', () => {
    const moved = page(digit, [116, 128, 2, 2, black])
    expect(lossesBetween(page(digit, point), moved).faded).toHaveLength(1)
  })

  it('is a red word that has turned black', () => {
    const losses = lossesBetween(page([100, 100, 20, 4, [200, 20, 30]]), page([100, 100, 20, 4, black]))
    expect(losses.discoloured).toHaveLength(1)
  })

  it('is light text on a dark ground', () => {
    const ground: Paint = [40, 40, 400, 200, [20, 60, 90]]
    const text: Paint = [200, 120, 5, 24, [250, 250, 250]]
    const losses = lossesBetween(page(ground, text), page(ground))
    expect(losses.faded.map(({ polarity }) => polarity)).toContain('light')
  })

  it('is a patch that has lost its colour, or what was drawn in it', () => {
    const red: Paint = [100, 100, 120, 120, [200, 30, 30]]
    expect(lossesBetween(page(red), page([100, 100, 120, 120, [90, 90, 90]])).tiles).not.toEqual([])
    const green = page(red, ...[0, 24, 48, 72, 96].map((y): Paint => [100, 100 + y, 120, 12, [20, 106, 40]]))
    expect(lossesBetween(green, page([100, 100, 120, 120, [110, 68, 35]])).tiles).not.toEqual([])
  })

  it('is told apart from grain, and is too much to tell where all is grain', () => {
    const grainy = page(digit)
    const noise = grainy.samples.map((value, at) => value + (((at * 7919) % 11) - 5))
    expect(isWhole(lossesBetween({ ...grainy, samples: noise }, grainy))).toBe(true)
    const size = 1200
    const dots = Uint8Array.from({ length: size * size }, (_, at) =>
      at % 2 === 0 && ((at / size) | 0) % 2 === 0 ? 0 : 255,
    )
    const all = { width: size, height: size, channels: 1, samples: dots } as const
    expect(openReading(all, lumaOf(all), ppi)).toBeUndefined()
  })
})
