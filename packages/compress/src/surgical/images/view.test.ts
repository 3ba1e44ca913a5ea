import { expect, it } from 'vitest'
import { seeded, bell } from '@pdf-smaller/testing/pdf/random'
import { openView } from './view.ts'

const side = 240
const plane = (sample: (x: number, y: number) => number) => ({
  width: side,
  height: side,
  samples: Uint8Array.from({ length: side * side }, (_, at) => sample(at % side, Math.floor(at / side))),
})
const isInk = (x: number, y: number) => y % 40 < 8 && x % 20 < 12

it('grain that is gone is lost, and hardly missed; letters are missed as they are lost', () => {
  const random = seeded(7)
  const scan = plane((x, y) => (isInk(x, y) ? 40 : 235) + Math.round(bell(random) * 5))
  const { lossOf } = openView(scan, 1)
  const smooth = lossOf(plane((x, y) => (isInk(x, y) ? 40 : 235)))
  expect(smooth.lost).toBeGreaterThan(0.1)
  expect(smooth.missed).toBeLessThan(smooth.lost / 2)
  const blank = lossOf(plane(() => 235))
  expect(blank.missed).toBeGreaterThan(0.15)
})

it('what has no grain misses all that it loses', () => {
  const clean = plane((x, y) => (isInk(x, y) ? 40 : 235))
  const { lost, missed } = openView(clean, 1).lossOf(plane((x, y) => (isInk(x, y) ? 120 : 235)))
  expect(missed).toBe(lost)
})

it('half of the pixels are as good as all in a view of half of them, and no worse in one of two thirds', () => {
  const picture = plane((x, y) => 128 + Math.round(100 * Math.sin(x / 9) * Math.cos(y / 7)))
  const half = { width: side / 2, height: side / 2, samples: new Uint8Array((side / 2) ** 2) }
  for (let at = 0; at < half.samples.length; at++)
    half.samples[at] = picture.samples[Math.floor(at / 120) * 2 * side + (at % 120) * 2] ?? 0
  for (const scale of [1 / 2, 1 / 3]) {
    const { of, lossOf } = openView(picture, scale)
    expect(lossOf(of(half)).lost).toBeLessThan(0.05)
  }
})
