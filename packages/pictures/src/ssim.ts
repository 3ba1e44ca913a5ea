/** A picture of one channel, 8 bits to a sample. */
export type Plane = { width: number; height: number; samples: Uint8Array }

/** Side of the windows that are compared; they do not overlap. */
export const ssimWindow = 8
/** Stabilisers of the SSIM (Wang et al. 2004, equation 13, for 8 bits). */
const c1 = (0.01 * 255) ** 2
const c2 = (0.03 * 255) ** 2

/** Sums over the samples of two windows, from which their similarity follows; used again for each pair of windows. */
type Sums = { a: number; b: number; squaresA: number; squaresB: number; products: number }
const openSums = (): Sums => ({ a: 0, b: 0, squaresA: 0, squaresB: 0, products: 0 })

function sumWindow(a: Uint8Array, b: Uint8Array, width: number, first: number, sums: Sums): void {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0]
  for (let row = first; row < first + ssimWindow * width; row += width) {
    for (let at = row; at < row + ssimWindow; at++) {
      const [x, z] = [a[at] ?? 0, b[at] ?? 0]
      sumA += x
      sumB += z
      squaresA += x * x
      squaresB += z * z
      products += x * z
    }
  }
  sums.a = sumA
  sums.b = sumB
  sums.squaresA = squaresA
  sums.squaresB = squaresB
  sums.products = products
}

/** Wang et al. 2004, equation 13. @param noise added to the stabiliser of contrast */
function similarityOf(sums: Sums, noise: number): number {
  const n = ssimWindow * ssimWindow
  const [meanA, meanB] = [sums.a / n, sums.b / n]
  const varianceA = sums.squaresA / n - meanA * meanA
  const varianceB = sums.squaresB / n - meanB * meanB
  const covariance = sums.products / n - meanA * meanB
  const stable = c2 + noise
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + stable)) /
    ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + stable))
  )
}

const ownSums = openSums()

/** Structural similarity of two planes of equal width in the window at a place (Wang et al. 2004, equation 13), −1 to 1. */
export function windowSimilarity(
  a: Uint8Array,
  b: Uint8Array,
  width: number,
  left: number,
  top: number,
): number {
  sumWindow(a, b, width, top * width + left, ownSums)
  return similarityOf(ownSums, 0)
}

/**
 * Mean structural similarity of two planes of equal size, of all that they show and without a noise of which nothing has
 * to stay; 1 for planes smaller than a window.
 * @param noise its variance, added to the stabiliser of contrast
 */
export function planeSimilarities(a: Plane, b: Plane, noise: number): { all: number; calm: number } {
  let [all, calm, count] = [0, 0, 0]
  for (let top = 0; top + ssimWindow <= a.height; top += ssimWindow) {
    for (let left = 0; left + ssimWindow <= a.width; left += ssimWindow) {
      sumWindow(a.samples, b.samples, a.width, top * a.width + left, ownSums)
      all += similarityOf(ownSums, 0)
      calm += similarityOf(ownSums, noise)
      count++
    }
  }
  return count === 0 ? { all: 1, calm: 1 } : { all: all / count, calm: calm / count }
}

/** Mean structural similarity of two planes of equal size; 1 for planes smaller than a window. */
export const planeSimilarity = (a: Plane, b: Plane): number => planeSimilarities(a, b, 0).all
