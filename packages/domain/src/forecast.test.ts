import { describe, expect, it } from 'vitest'
import { errorFactor, expectedRest, expectedRun, expectedWait } from './forecast.ts'

describe('a forecast', () => {
  it('of a run is the median of those nearest in size', () => {
    const small = Array.from({ length: 20 }, (_, n) => ({ bytes: 1000 + n, runMs: 100 }))
    const large = Array.from({ length: 20 }, (_, n) => ({ bytes: 1_000_000 + n, runMs: 9000 }))
    const samples = [...small, ...large]
    expect(expectedRun(samples, 1500)).toBe(100)
    expect(expectedRun(samples, 900_000)).toBe(9000)
    expect(expectedRun(samples.slice(0, 2), 1500)).toBeUndefined()
    const three = [10, 1000, 30].map((runMs) => ({ bytes: 0, runMs }))
    expect(expectedRun(three, 0)).toBe(30)
  })

  it.each<[string, number[], number[], number]>([
    ['nothing runs and nobody waits', [], [], 0],
    ['nobody is ahead', [500, 200], [], 200],
    ['two workers share the queue', [500, 300], [1000, 200], 1000],
    ['no worker has begun', [], [1000, 200], 1200],
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
  })
})
