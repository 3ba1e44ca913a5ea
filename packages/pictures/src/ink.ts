import { localRows } from './local-means.ts'
import { percentile } from './percentile.ts'
import type { Plane } from './ssim.ts'

/** Parameters of Sauvola's threshold: its weight of the deviation, and the deviation of a full contrast. */
const [weight, fullContrast] = [0.2, 128]
/** Ink is darker than the paper around it by at least so much, whatever the threshold says of noise. */
const leastContrast = 28
/** Whatever is darker than this part of the page's paper is ink: areas of ink have nothing around them to tell by. */
const solidPart = 0.4
/** Paper is at least as light as so many of the samples; a part of them tells as much, by a prime that falls in with no row. */
const [paperPart, paperStep] = [0.9, 13]
/** The window in which paper and ink are told apart: a sixth of an inch, some letters of body text. */
const windowsPerInch = 6

/**
 * Tells ink from paper by what is around each pixel (Sauvola and Pietikäinen 2000, "Adaptive document image
 * binarization", equation 5), so that shadows and tinted paper do no harm.
 * @returns a byte to a pixel, 1 for ink
 */
export function inkOf(plane: Plane, ppi: number): Uint8Array {
  const { width, height, samples } = plane
  const solid = percentile(samples, paperPart, 0, paperStep) * solidPart
  const ink = new Uint8Array(width * height)
  let at = 0
  for (const { means, deviationAt } of localRows(plane, Math.max(4, Math.round(ppi / windowsPerInch / 2)))) {
    for (let x = 0; x < width; x++, at++) {
      const value = samples[at] ?? 0
      const mean = means[x] ?? 0
      if (value < solid) ink[at] = 1
      else if (mean - value > leastContrast) {
        const threshold = mean * (1 + weight * (deviationAt(x) / fullContrast - 1))
        if (value < threshold) ink[at] = 1
      }
    }
  }
  return ink
}
