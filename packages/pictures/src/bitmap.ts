import type { Plane } from './ssim.ts'

/** A picture of black and white: rows of whole bytes, the highest bit first, 1 is black (as in PBM). */
export type Bitmap = { width: number; height: number; bits: Uint8Array }

export const rowBytes = (width: number) => (width + 7) >> 3

/** A bitmap as shades: 255 where it is black. */
export function coverOf({ width, height, bits }: Bitmap): Plane {
  const samples = new Uint8Array(width * height)
  const row = rowBytes(width)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) if (blackAt(bits, y * row, x) === 1) samples[at] = 255
  }
  return { width, height, samples }
}

/** Makes a pixel black. `row` is the first byte of its row. */
export function setBlack(bits: Uint8Array, row: number, x: number): void {
  const at = row + (x >> 3)
  bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
}

/** Whether a pixel is black, 1 or 0. */
export const blackAt = (bits: Uint8Array, row: number, x: number): number =>
  ((bits[row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
