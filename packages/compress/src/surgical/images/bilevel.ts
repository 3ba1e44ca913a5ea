import type { Dictionary } from '@pdf-smaller/pdf'
import type { Bitmap } from '@pdf-smaller/pictures/bitmap'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import type { NewStream } from '../new-stream.ts'

/** A new encoding must save a fiftieth. */
const gain = 0.98

/**
 * An image of 1 bit as JBIG2.
 * @param space its colour space, undefined for a stencil
 * @param lasting its entries that last
 */
export function bilevelStream(bitmap: Bitmap, space: unknown, lasting: Dictionary): NewStream {
  const { width, height } = bitmap
  const meaning = space === undefined ? { '/ImageMask': true } : { '/ColorSpace': space }
  const form = { '/BitsPerComponent': 1, '/Filter': '/JBIG2Decode' }
  return {
    bytes: encodeJbig2(bitmap),
    dictionary: { ...lasting, '/Width': width, '/Height': height, ...meaning, ...form },
  }
}

/** Encodes an image of 1 bit as JBIG2; undefined when that gains nothing. */
export function renewBitmap(
  bitmap: Bitmap,
  space: unknown,
  lasting: Dictionary,
  oldBytes: number,
): NewStream | undefined {
  const renewed = bilevelStream(bitmap, space, lasting)
  return renewed.bytes.length > oldBytes * gain ? undefined : renewed
}
