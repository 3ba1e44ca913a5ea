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
export function inkOf({ width, height, samples }: Plane, ppi: number): Uint8Array {
  const solid = paperOf(samples) * solidPart
  const reach = Math.max(4, Math.round(ppi / windowsPerInch / 2))
  const ink = new Uint8Array(width * height)
  const sums = new Uint32Array(width)
  const squares = new Float64Array(width)
  const addRow = (y: number, sign: 1 | -1) => {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const value = samples[at] ?? 0
      sums[x] = (sums[x] ?? 0) + sign * value
      squares[x] = (squares[x] ?? 0) + sign * value * value
    }
  }
  for (let y = 0; y < Math.min(reach, height); y++) addRow(y, 1)
  for (let y = 0; y < height; y++) {
    if (y + reach < height) addRow(y + reach, 1)
    if (y - reach > 0) addRow(y - reach - 1, -1)
    const rows = Math.min(height, y + reach + 1) - Math.max(0, y - reach)
    markRow(samples, y * width, { ink, sums, squares, rows, reach, width, solid })
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

type Row = {
  ink: Uint8Array
  sums: Uint32Array
  squares: Float64Array
  rows: number
  reach: number
  width: number
  solid: number
}

function markRow(
  samples: Uint8Array,
  start: number,
  { ink, sums, squares, rows, reach, width, solid }: Row,
): void {
  let [sum, square] = [0, 0]
  for (let x = 0; x < Math.min(reach, width); x++) {
    sum += sums[x] ?? 0
    square += squares[x] ?? 0
  }
  for (let x = 0; x < width; x++) {
    if (x + reach < width) {
      sum += sums[x + reach] ?? 0
      square += squares[x + reach] ?? 0
    }
    if (x - reach > 0) {
      sum -= sums[x - reach - 1] ?? 0
      square -= squares[x - reach - 1] ?? 0
    }
    const count = rows * (Math.min(width, x + reach + 1) - Math.max(0, x - reach))
    const mean = sum / count
    const deviation = Math.sqrt(Math.max(0, square / count - mean * mean))
    const value = samples[start + x] ?? 0
    const threshold = mean * (1 + weight * (deviation / fullContrast - 1))
    if (value < solid || (value < threshold && mean - value > leastContrast)) ink[start + x] = 1
  }
}
