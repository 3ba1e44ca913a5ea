import { expect, it } from 'vitest'
import { coverOf, rowBytes } from './bitmap.ts'
import { scaled, scaledCover } from './scale.ts'

const plane = (width: number, height: number, sample: (x: number, y: number) => number) => ({
  width,
  height,
  samples: Uint8Array.from({ length: width * height }, (_, at) => sample(at % width, Math.floor(at / width))),
})

it('averages samples where it shrinks', () => {
  const { samples } = scaled(
    plane(4, 2, (x, y) => x * 10 + y * 100),
    2,
    1,
  )
  expect([...samples]).toEqual([55, 75])
})

it('takes parts of samples where it shrinks by half of one', () => {
  const { samples } = scaled(
    plane(3, 1, (x) => x * 90),
    2,
    1,
  )
  expect([...samples]).toEqual([30, 150])
})

it('interpolates where it grows', () => {
  const { samples } = scaled(
    plane(2, 1, (x) => x * 100),
    4,
    1,
  )
  expect([...samples]).toEqual([0, 50, 100, 100])
})

it('keeps a plane of the same size, and an even one in any', () => {
  const noisy = plane(5, 7, (x, y) => (x * 37 + y * 91) % 256)
  expect(scaled(noisy, 5, 7)).toEqual(noisy)
  expect(
    new Set(
      scaled(
        plane(9, 9, () => 77),
        5,
        17,
      ).samples,
    ),
  ).toEqual(new Set([77]))
})

it.each([
  [67, 41],
  [67, 20],
  [20, 9],
  [100, 90],
  [3, 200],
])('makes of the cover of a bitmap what it makes of the plane: %i x %i', (width, height) => {
  const bits = Uint8Array.from({ length: rowBytes(67) * 41 }, (_, at) => (at % 5 < 2 ? 0 : at * 89))
  const bitmap = { width: 67, height: 41, bits }
  expect(scaledCover(bitmap, width, height)).toEqual(scaled(coverOf(bitmap), width, height))
})
