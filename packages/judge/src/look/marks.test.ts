import { expect, it } from 'vitest'
import { lostMarks } from './marks.ts'

const [width, height] = [120, 40]

/** A row of strokes and a point between two of them, `aside` by some pixels. */
function print(aside: number, hasPoint = true) {
  const samples = new Uint8Array(width * height).fill(245)
  const paint = (left: number, top: number, across: number, down: number) => {
    for (let y = top; y < top + down; y++)
      for (let x = left + aside; x < left + aside + across; x++) samples[y * width + x] = 50
  }
  for (let x = 10; x < 100; x += 12) paint(x, 10, 1, 14)
  if (hasPoint) paint(16, 22, 2, 2)
  return { width, height, samples }
}

it('finds marks again where an enlarged picture was put aside by two pixels', () => {
  const { lost, marks } = lostMarks(print(0), print(2), 240)
  expect(marks).toBeGreaterThan(8)
  expect(lost).toBe(0)
})

it.each([85, 240])('misses a point, drawn with %i pixels per inch', (ppi) => {
  expect(lostMarks(print(0), print(0, false), ppi).lost).toBeGreaterThan(0)
})

it('misses marks that are elsewhere', () => {
  expect(lostMarks(print(0), print(2), 85).lost).toBeGreaterThan(0)
  expect(lostMarks(print(0), print(5), 240).lost).toBeGreaterThan(0)
})
