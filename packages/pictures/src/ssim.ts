/** A picture of one channel, 8 bits to a sample. */
export type Plane = { width: number; height: number; samples: Uint8Array }

/** Side of the windows that are compared; they do not overlap. */
export const ssimWindow = 8
/** Stabilisers of the SSIM (Wang et al. 2004, equation 13, for 8 bits). */
const c1 = (0.01 * 255) ** 2
const c2 = (0.03 * 255) ** 2

/**
 * Structural similarity of two planes of equal width in the window at a place (Wang et al. 2004, equation 13), −1 to 1.
 * @param noise the variance of a noise of which nothing has to stay, added to the stabiliser of contrast
 */
export function windowSimilarity(
  a: Uint8Array,
  b: Uint8Array,
  width: number,
  left: number,
  top: number,
  noise = 0,
): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0]
  for (let y = top; y < top + ssimWindow; y++) {
    for (let at = y * width + left; at < y * width + left + ssimWindow; at++) {
      const [x, z] = [a[at] ?? 0, b[at] ?? 0]
      sumA += x
      sumB += z
      squaresA += x * x
      squaresB += z * z
      products += x * z
    }
  }
  const n = ssimWindow * ssimWindow
  const [meanA, meanB] = [sumA / n, sumB / n]
  const varianceA = squaresA / n - meanA * meanA
  const varianceB = squaresB / n - meanB * meanB
  const covariance = products / n - meanA * meanB
  const stable = c2 + noise
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + stable)) /
    ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + stable))
  )
}

/**
 * Mean structural similarity of two planes of equal size; 1 for planes smaller than a window.
 * @param noise as of `windowSimilarity`
 */
export function planeSimilarity(a: Plane, b: Plane, noise = 0): number {
  let [sum, count] = [0, 0]
  for (let top = 0; top + ssimWindow <= a.height; top += ssimWindow) {
    for (let left = 0; left + ssimWindow <= a.width; left += ssimWindow) {
      sum += windowSimilarity(a.samples, b.samples, a.width, left, top, noise)
      count++
    }
  }
  return count === 0 ? 1 : sum / count
}
