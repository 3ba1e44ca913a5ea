import { type Bitmap, rowBytes } from './bitmap.ts'
import type { Pixels } from './pixels.ts'

/**
 * Reads a binary PBM (P4) or PPM (P6, 255 levels) file, as Poppler writes them.
 * @throws Error on anything else
 */
export function readPnm(bytes: Buffer): Pixels | Bitmap {
  const head = /^(?:P4\s+(\d+)\s+(\d+)\s|P6\s+(\d+)\s+(\d+)\s+255\s)/.exec(bytes.toString('latin1', 0, 64))
  if (!head) throw new Error('not a PBM or PPM file')
  const isBitmap = head[1] !== undefined
  const [width, height] = [Number(head[1] ?? head[3]), Number(head[2] ?? head[4])]
  const size = isBitmap ? rowBytes(width) * height : width * height * 3
  const data = bytes.subarray(head[0].length, head[0].length + size)
  if (data.length !== size) throw new Error('the PNM file is cut off')
  return isBitmap ? { width, height, bits: data } : { width, height, channels: 3, samples: data }
}
