import { type Dictionary, without } from '@pdf-smaller/pdf'
import type { Bitmap } from '@pdf-smaller/pictures/bitmap'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import type { NewStream } from '../new-stream.ts'

/** A new encoding must save a fiftieth. */
const gain = 0.98

/** Encodes an image of 1 bit as JBIG2; undefined when that gains nothing. */
export function renewBitmap(bitmap: Bitmap, dictionary: Dictionary, oldBytes: number): NewStream | undefined {
  const bytes = encodeJbig2(bitmap)
  if (bytes.length > oldBytes * gain) return undefined
  return {
    bytes,
    dictionary: { ...without(dictionary, '/DecodeParms', '/Length'), '/Filter': '/JBIG2Decode' },
  }
}
