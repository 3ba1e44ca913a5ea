import { openSetBytes } from './set-bytes.ts'
import type { Plane } from './ssim.ts'

/** A picture of black and white: rows of whole bytes, the highest bit first, 1 is black (as in PBM). */
export type Bitmap = { width: number; height: number; bits: Uint8Array }

export const rowBytes = (width: number) => (width + 7) >> 3

/** A bitmap as shades: 255 where it is black. */
export function coverOf({ width, height, bits }: Bitmap): Plane {
  const samples = new Uint8Array(width * height)
  const row = rowBytes(width)
  for (let y = 0; y < height; y++) {
    for (let byte = 0; byte < row; byte++) {
      const eight = bits[y * row + byte] ?? 0
      if (eight === 0) continue
      const [first, last] = [y * width + byte * 8, Math.min(width - byte * 8, 8)]
      for (let bit = 0; bit < last; bit++) if ((eight & (0x80 >> bit)) !== 0) samples[first + bit] = 255
    }
  }
  return { width, height, samples }
}

/** A bitmap of what is black: a byte to a pixel, odd where it is. */
export function bitmapOf(black: Uint8Array, width: number, height: number): Bitmap {
  const row = rowBytes(width)
  const bits = new Uint8Array(row * height)
  const next = openSetBytes(black)
  for (let y = 0; y < height; y++) {
    const [start, end] = [y * width, (y + 1) * width]
    for (let found = next(start, end); found < end;) {
      const byte = (found - start) >> 3
      let at = start + byte * 8
      let eight = 0
      for (let bit = 7; bit >= 0 && at < end; bit--, at++) eight |= ((black[at] ?? 0) & 1) << bit
      bits[y * row + byte] = eight
      found = next(at, end)
    }
  }
  return { width, height, bits }
}

/** Makes a pixel black. `row` is the first byte of its row. */
export function setBlack(bits: Uint8Array, row: number, x: number): void {
  const at = row + (x >> 3)
  bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
}
