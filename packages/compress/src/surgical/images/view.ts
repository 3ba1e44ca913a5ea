import { percentile } from '@pdf-smaller/pictures/percentile'
import { scaled } from '@pdf-smaller/pictures/scale'
import { type Plane, planeSimilarities, ssimWindow } from '@pdf-smaller/pictures/ssim'

const leastSide = 8

/**
 * What look a form of an image loses, as structural similarity, 0 to 1: `lost` of all that is there, as the judge sees
 * it, and `missed` of what stands out from the grain of paper and sensor, which nobody misses.
 */
export type Loss = { lost: number; missed: number }

export type View = {
  /** The size in which the image is seen, pixels. */
  width: number
  height: number
  /** A form of the image in that size, whatever its own. */
  of: (luma: Plane) => Plane
  /** The image itself as it is seen. */
  reference: Plane
  lossOf: (seen: Plane) => Loss
}

/**
 * Opens a view of an image, in which forms of it are compared.
 * @param luma its lightness
 * @param scale of the view, to the size of the image
 */
export function openView(luma: Plane, scale: number): View {
  const sideOf = (side: number) => Math.max(leastSide, Math.round(side * scale))
  const [width, height] = [sideOf(luma.width), sideOf(luma.height)]
  const of = (plane: Plane) => scaled(plane, width, height)
  const reference = of(luma)
  const noise = grainWeight * grainOf(reference)
  return {
    width,
    height,
    of,
    reference,
    lossOf: (seen) => {
      const { all, calm } = planeSimilarities(reference, seen, noise)
      return { lost: 1 - all, missed: 1 - calm }
    },
  }
}

/** Of grain that is gone without a trace, so much makes a ninth of the similarity of plain paper. */
const grainWeight = 8
/** Grain is what a fifth of all windows have no more of, up to a variance. */
const [grainPart, mostGrain] = [0.2, 36]

/** The variance of the grain that is everywhere in a picture. */
function grainOf({ width, height, samples }: Plane): number {
  const variances: number[] = []
  for (let top = 0; top + ssimWindow <= height; top += ssimWindow)
    for (let left = 0; left + ssimWindow <= width; left += ssimWindow)
      variances.push(Math.min(255, Math.round(varianceAt(samples, width, left, top))))
  return variances.length === 0 ? 0 : Math.min(mostGrain, percentile(Uint8Array.from(variances), grainPart))
}

function varianceAt(samples: Uint8Array, width: number, left: number, top: number): number {
  let [sum, squares] = [0, 0]
  for (let y = top; y < top + ssimWindow; y++) {
    for (let at = y * width + left; at < y * width + left + ssimWindow; at++) {
      const value = samples[at] ?? 0
      sum += value
      squares += value * value
    }
  }
  const n = ssimWindow * ssimWindow
  return squares / n - (sum / n) ** 2
}
