import { expect, it } from 'vitest'
import { pagesToCompare } from './sample.ts'

it('compares short documents whole', () => {
  expect(pagesToCompare(3, new Set())).toEqual([1, 2, 3])
})

it('compares what may look different, and a few pages besides', () => {
  expect(pagesToCompare(1000, new Set([7, 5]))).toEqual([1, 5, 7, 334, 667, 1000])
})

it('samples long documents evenly', () => {
  const sample = pagesToCompare(1000, new Set(Array.from({ length: 1000 }, (_, index) => index + 1)))
  expect(sample.length).toBeLessThanOrEqual(24)
  expect(sample).toEqual(expect.arrayContaining([1, 1000]))
  const gaps = sample.slice(1).map((page, index) => page - (sample[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThan(60)
})
