import { localRows } from './local-means.ts'
import type { Plane } from './ssim.ts'

/** Parameters of Sauvola's threshold: its weight of the deviation, and the deviation of a full contrast. */
const [weight, fullContrast] = [0.3, 128]
/** Ink is darker than the paper around it by at least so much, whatever the threshold says of noise. */
const leastContrast = 28
/** Whatever is darker than this part of the page's paper is ink: areas of ink have nothing around them to tell by. */
const solidPart = 0.4
/** The window in which paper and ink are told apart: a sixth of an inch, some letters of body text. */
const windowsPerInch = 6

/**
 * Tells ink from paper by what is around each pixel (Sauvola and Pietikäinen 2000, "Adaptive document image
 * binarization", equation 5), so that shadows and tinted paper do no harm.
 * @returns a byte to a pixel, 1 for ink
 */
export function inkOf(plane: Plane, ppi: number): Uint8Array {
  const { width, height, samples } = plane
  const solid = paperOf(samples) * solidPart
  const ink = new Uint8Array(width * height)
  let at = 0
  for (const { means, deviations } of localRows(plane, Math.max(4, Math.round(ppi / windowsPerInch / 2)))) {
    for (let x = 0; x < width; x++, at++) {
      const [value, mean] = [samples[at] ?? 0, means[x] ?? 0]
      const threshold = mean * (1 + weight * ((deviations[x] ?? 0) / fullContrast - 1))
      if (value < solid || (value < threshold && mean - value > leastContrast)) ink[at] = 1
    }
  }
  return ink
}

/** A part of the samples tells as much; a prime, so that it does not fall in with rows. */
const paperStep = 13

/** The lightness that nine tenths of the samples do not exceed. */
function paperOf(samples: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (let at = 0; at < samples.length; at += paperStep) {
    const sample = samples[at] ?? 0
    counts[sample] = (counts[sample] ?? 0) + 1
  }
  let below = 0
  return counts.findIndex((count) => (below += count * paperStep) >= samples.length * 0.9)
}
