import { describe, expect, it } from 'vitest'
import { scaled } from './other-levels.ts'

const around = (likely: number) => ({ least: likely - 50, likely, most: likely + 50 })
const estimates = { low: around(800), medium: around(600), high: around(400), maximum: around(300) }

describe('estimates of the other levels', () => {
  it('go with what the own level came to', () => {
    expect(scaled(estimates, 1000, { level: 'medium', bytesAfter: 300 })).toEqual([
      { level: 'low', bytes: 400, least: 375, most: 425, ratio: 0.4 },
      { level: 'high', bytes: 200, least: 175, most: 225, ratio: 0.2 },
      { level: 'maximum', bytes: 150, least: 125, most: 175, ratio: 0.15 },
    ])
  })

  it('never exceed the file, nor pass the own level', () => {
    const flat = { low: around(500), medium: around(100), high: around(120), maximum: around(50) }
    expect(scaled(flat, 1000, { level: 'medium', bytesAfter: 900 }).map(({ bytes }) => bytes)).toEqual([
      1000, 900, 450,
    ])
  })
})
