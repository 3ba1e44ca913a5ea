/** What samples would take as a JPEG, judged by some of their blocks. */

const side = 8
/** Blocks that are looked at: more tell hardly more. */
const mostBlocks = 256
/** The standard's table for brightness at the quality of 75 (ITU-T T.81, K.1, halved). */
const steps = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
].map((step) => step / 2)

/** Values of the cosine transform, by frequency and place. */
const cosines = Float64Array.from({ length: side * side }, (_, index) => {
  const [frequency, place] = [Math.floor(index / side), index % side]
  const scale = frequency === 0 ? Math.sqrt(1 / side) : Math.sqrt(2 / side)
  return scale * Math.cos(((2 * place + 1) * frequency * Math.PI) / (2 * side))
})

/** Brightness of pixels, row by row. */
export type Shades = { width: number; height: number; at: (x: number, y: number) => number }

/**
 * Bits per pixel: each value that is left after quantization takes its magnitude, and the code that tells of it and of the
 * zeros before it.
 */
export function dctBits(shades: Shades): number {
  const [columns, rows] = [Math.floor(shades.width / side), Math.floor(shades.height / side)]
  const count = Math.min(mostBlocks, columns * rows)
  let bits = 0
  const block = new Float64Array(side * side)
  for (let each = 0; each < count; each++) {
    const number = Math.floor((each * columns * rows) / count)
    const [left, top] = [(number % columns) * side, Math.floor(number / columns) * side]
    for (let at = 0; at < side * side; at++)
      block[at] = shades.at(left + (at % side), top + Math.floor(at / side))
    bits += bitsOf(block)
  }
  return count > 0 ? bits / (count * side * side) : 0
}

/** A code of its own takes about so much, beside the magnitude. */
const [codeBits, endBits] = [3, 4]

function bitsOf(block: Float64Array): number {
  const half = new Float64Array(side * side)
  for (let y = 0; y < side; y++)
    for (let u = 0; u < side; u++) {
      let sum = 0
      for (let x = 0; x < side; x++) sum += (block[y * side + x] ?? 0) * (cosines[u * side + x] ?? 0)
      half[y * side + u] = sum
    }
  let bits = endBits
  for (let u = 0; u < side; u++)
    for (let v = 0; v < side; v++) {
      if (u === 0 && v === 0) continue
      let sum = 0
      for (let y = 0; y < side; y++) sum += (half[y * side + u] ?? 0) * (cosines[v * side + y] ?? 0)
      const value = Math.round(Math.abs(sum) / (steps[v * side + u] ?? 1))
      if (value > 0) bits += codeBits + Math.log2(value) + 1
    }
  return bits
}
