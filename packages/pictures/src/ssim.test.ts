import { expect, it } from 'vitest'
import { planeSimilarities, planeSimilarity } from './ssim.ts'

const plane = (sample: (at: number) => number) => ({
  width: 32,
  height: 32,
  samples: Uint8Array.from({ length: 1024 }, (_, at) => sample(at)),
})
const textured = plane((at) => (at * 53) % 256)

it('is 1 for the same, and for what is too small to compare', () => {
  expect(planeSimilarity(textured, textured)).toBe(1)
  expect(planeSimilarity({ width: 2, height: 2, samples: new Uint8Array(4) }, textured)).toBe(1)
})

it('falls with the difference', () => {
  const close = planeSimilarity(
    textured,
    plane((at) => Math.min(255, ((at * 53) % 256) + 4)),
  )
  const far = planeSimilarity(
    textured,
    plane((at) => ((at * 53) % 256) >> 1),
  )
  expect(close).toBeGreaterThan(0.95)
  expect(far).toBeLessThan(close)
})

it('is about −1 for the negative', () => {
  expect(
    planeSimilarity(
      textured,
      plane((at) => 255 - ((at * 53) % 256)),
    ),
  ).toBeLessThan(-0.9)
})

it('matches the definition on a window that is easily reckoned', () => {
  const flat = (level: number) => plane(() => level)
  const c1 = (0.01 * 255) ** 2
  expect(planeSimilarity(flat(100), flat(50))).toBeCloseTo(
    (2 * 100 * 50 + c1) / (100 ** 2 + 50 ** 2 + c1),
    10,
  )
})

it('leaves out of the second what no more than noise changes', () => {
  const smooth = plane((at) => 128 + (at % 3))
  const { all, calm } = planeSimilarities(
    smooth,
    plane(() => 129),
    36,
  )
  expect(all).toBe(
    planeSimilarity(
      smooth,
      plane(() => 129),
    ),
  )
  expect(calm).toBeGreaterThan(all)
})
