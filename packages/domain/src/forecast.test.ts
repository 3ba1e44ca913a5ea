import { describe, expect, it } from 'vitest'
import {
  type Ahead,
  errorFactor,
  expectedRest,
  expectedRun,
  expectedWait,
  type RunSample,
  type Size,
} from './forecast.ts'

describe('a forecast', () => {
  const times = (count: number, sample: RunSample) => Array.from({ length: count }, () => sample)
  const small = times(20, { bytes: 1000, pages: 1, runMs: 100 })
  const large = times(20, { bytes: 1_000_000, pages: 1, runMs: 9000 })
  const long = times(20, { bytes: 1_000_000, pages: 300, runMs: 50_000 })
  const unpaged = times(40, { bytes: 1_000_000, runMs: 700 })
  const three = [10, 1000, 30].map((runMs) => ({ bytes: 0, runMs }))

  it.each<[string, RunSample[], Size, number | undefined]>([
    ['nothing, of too few', small.slice(0, 2), { bytes: 1500 }, undefined],
    ['the median', three, { bytes: 0 }, 30],
    ['that of the nearest in size', [...small, ...large], { bytes: 1500 }, 100],
    ['that of the nearest in size', [...small, ...large], { bytes: 900_000 }, 9000],
    ['that of as many pages', [...small, ...large, ...long], { bytes: 1_000_000, pages: 250 }, 50_000],
    ['that of as few pages', [...small, ...large, ...long], { bytes: 1_000_000, pages: 2 }, 9000],
    ['that of as many bytes, of one page each', [...small, ...large], { bytes: 2000, pages: 1 }, 100],
    ['that of those whose pages are known', [...unpaged, ...long], { bytes: 1_000_000, pages: 200 }, 50_000],
    ['by bytes, of too few with pages', [...unpaged, ...long.slice(0, 2)], { bytes: 1e6, pages: 200 }, 700],
    ['by bytes while the pages are not known', [...unpaged, ...small], { bytes: 900_000 }, 700],
  ])('of a run is %s', (_, samples, size, expected) => {
    expect(expectedRun(samples, size)).toBe(expected)
  })

  it.each<[string, number[], Ahead, number]>([
    ['nothing runs and nobody waits', [], { jobs: 0, ms: 0 }, 0],
    ['nobody is ahead', [500, 200], { jobs: 0, ms: 0 }, 200],
    ['two workers share the queue', [500, 300], { jobs: 2, ms: 1200 }, 1000],
    ['no worker has begun', [], { jobs: 2, ms: 1200 }, 1200],
  ])('of a wait when %s', (_, running, ahead, wait) => {
    expect(expectedWait(running, ahead)).toBe(wait)
  })

  it('of a rest never comes to nothing', () => {
    expect(expectedRest(1000, 400)).toBe(600)
    expect(expectedRest(1000, 5000)).toBe(100)
  })

  it('is as far off when it is double as when it is half', () => {
    expect(errorFactor(200, 100)).toBe(2)
    expect(errorFactor(50, 100)).toBe(2)
    expect(errorFactor(0, 0)).toBe(1)
    expect(errorFactor(0, 900, 1000)).toBe(1)
    expect(errorFactor(4000, 900, 1000)).toBe(4)
  })
})
