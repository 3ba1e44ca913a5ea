import { describe, expect, it } from 'vitest'
import { scaled } from './other-levels.ts'

const estimates = { low: 800, medium: 600, high: 400, maximum: 300 }

describe('estimates of the other levels', () => {
  it('go with what the own level came to', () => {
    expect(scaled(estimates, 1000, { level: 'medium', bytesAfter: 300 })).toEqual([
      { level: 'low', bytes: 400, ratio: 0.4 },
      { level: 'high', bytes: 200, ratio: 0.2 },
      { level: 'maximum', bytes: 150, ratio: 0.15 },
    ])
  })

  it('never exceed the file, nor pass the own level', () => {
    const flat = { low: 500, medium: 100, high: 120, maximum: 50 }
    expect(scaled(flat, 1000, { level: 'medium', bytesAfter: 900 }).map(({ bytes }) => bytes)).toEqual([
      1000, 900, 450,
    ])
  })
})
