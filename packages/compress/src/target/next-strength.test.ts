import { assert, double, property } from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import { firstStrength, nextStrength, type Point } from './next-strength.ts'

/** Searches along a known curve, as compressing would. */
function search(curve: (strength: number) => number, target: number) {
  const points: Point[] = []
  let strength: number | undefined = firstStrength(curve(0), target)
  while (strength !== undefined && points.length < 20) {
    points.push({ strength, bytes: curve(strength) })
    strength = nextStrength(points, target)
  }
  const best = points.filter(({ bytes }) => bytes <= target).sort((a, b) => a.strength - b.strength)[0]
  return { points, best }
}

describe('the search for a size', () => {
  it('comes close in a few runs on a smooth curve', () => {
    assert(
      property(
        double({ min: 0.5, max: 5, noNaN: true }),
        double({ min: 0.05, max: 0.95, noNaN: true }),
        (fall, part) => {
          const curve = (strength: number) => Math.round(1e6 * Math.exp(-fall * strength))
          const target = curve(1) + (curve(0) - curve(1)) * part
          const { points, best } = search(curve, target)
          expect(best?.bytes).toBeLessThanOrEqual(target)
          expect(best?.bytes).toBeGreaterThan(target * 0.9)
          expect(points.length).toBeLessThanOrEqual(5)
        },
      ),
    )
  })

  it('ends on curves with steps, at the gentlest strength that fits as far as it looked', () => {
    const { points, best } = search((strength) => (strength < 0.48 ? 900 : 400), 500)
    expect(best?.bytes).toBe(400)
    expect(best?.strength).toBeLessThan(0.56)
    expect(points.length).toBeLessThanOrEqual(12)
  })

  it('goes to the end where nothing makes a difference, and stops there', () => {
    const { points, best } = search(() => 900, 500)
    expect(best).toBeUndefined()
    expect(points.at(-1)?.strength).toBe(1)
    expect(points.length).toBeLessThanOrEqual(3)
  })

  it('begins and ends with the gentlest where that fits', () => {
    const { points } = search(() => 100, 500)
    expect(points.at(-1)?.strength).toBe(0)
  })
})
