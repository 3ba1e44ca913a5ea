import { deflated } from '@pdf-smaller/pdf'
import { type ImageObject, imageDictionary } from './png-image.ts'

/** The shade from which on a pixel is white. */
const white = 128

/** Shades of grey, a byte each, as an image of a document that is black and white, eight pixels in a byte. */
export async function bitonalImage(
  shades: Uint8Array,
  { width, height }: { width: number; height: number },
): Promise<ImageObject> {
  const rowBytes = Math.ceil(width / 8)
  const packed = Buffer.alloc(rowBytes * height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if ((shades[row * width + column] ?? 0) < white) continue
      const at = row * rowBytes + (column >> 3)
      packed[at] = (packed[at] ?? 0) | (0x80 >> (column & 7))
    }
  }
  const dictionary = imageDictionary({ width, height, bits: 1, channels: 1 })
  return {
    dictionary: { ...dictionary, '/Filter': '/FlateDecode' },
    data: await deflated(packed, { level: 9 }),
  }
}
