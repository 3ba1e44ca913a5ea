import { describe, expect, it } from 'vitest'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { letterHeight } from './letter-height.ts'
import { measuredOf } from './measured.ts'

const [dpi, width, height] = [150, 600, 600]

/** A page with rows of letters: blocks so high, standing on their row; each is a U, so that both sides are one shape. */
function page(rows: readonly { y: number; letter: number; count?: number }[]): Plane {
  const samples = new Uint8Array(width * height).fill(230)
  const ink = (x: number, y: number) => (samples[y * width + x] = 40)
  for (const { y, letter, count = 40 } of rows)
    for (let index = 0; index < count; index++) {
      const left = 10 + index * 14
      for (let up = 0; up < letter; up++) for (const x of [left, left + 8]) ink(x, y - up)
      for (let x = left; x <= left + 8; x++) ink(x, y)
    }
  return { width, height, samples }
}

describe('letterHeight', () => {
  it.each([
    ['text of one size', [{ y: 100, letter: 15 }], 15],
    [
      'small print below larger text',
      [
        { y: 100, letter: 15 },
        { y: 140, letter: 15 },
        { y: 500, letter: 8 },
      ],
      8,
    ],
    [
      'a few commas and dots between letters',
      [
        { y: 100, letter: 15 },
        { y: 120, letter: 6, count: 8 },
        { y: 125, letter: 2 },
      ],
      15,
    ],
    ['a few shapes', [{ y: 100, letter: 15, count: 10 }], undefined],
    ['what is higher than letters', [{ y: 400, letter: 200 }], undefined],
    ['nothing', [], undefined],
  ])('measures %s', (_, rows, expected) => {
    expect(letterHeight(measuredOf(page(rows), dpi).shapes, dpi)).toBe(expected)
  })

  it('takes what touches at a corner for one shape', () => {
    const gray = page([])
    for (let index = 0; index < 30; index++)
      for (let up = 0; up < 12; up++) gray.samples[(100 + up) * width + 20 + index * 18 + up] = 0
    expect(letterHeight(measuredOf(gray, dpi).shapes, dpi)).toBe(12)
  })
})
