import type { Dictionary } from '@pdf-smaller/pdf'

/** An image that is to stand in a document. */
export type ImageObject = { dictionary: Dictionary; data: Buffer }

const signatureBytes = 8

/**
 * A PNG without transparency, palette and interlacing as an image of a document: both pack rows in the same way (ISO
 * 32000-1, 7.4.4.4), so its data goes over as it is.
 */
export function imageObject(png: Buffer): ImageObject {
  const parts: Buffer[] = []
  let [width, height, bits, channels] = [0, 0, 8, 3]
  for (let at = signatureBytes; at + 8 <= png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') {
      ;[width, height, bits] = [data.readUInt32BE(0), data.readUInt32BE(4), data.readUInt8(8)]
      channels = data.readUInt8(9) === 0 ? 1 : 3
    }
    if (type === 'IDAT') parts.push(data)
    at += length + 12
  }
  const packing = { '/Predictor': 15, '/Colors': channels, '/BitsPerComponent': bits, '/Columns': width }
  const dictionary = {
    ...imageDictionary({ width, height, bits, channels }),
    '/Filter': '/FlateDecode',
    '/DecodeParms': packing,
  }
  return { dictionary, data: Buffer.concat(parts) }
}

type Samples = { width: number; height: number; bits: number; channels: number }

/** An image in shades of grey (one channel) or in the colours of the screen, but for how it is packed. */
export const imageDictionary = ({ width, height, bits, channels }: Samples): Dictionary => ({
  '/Type': '/XObject',
  '/Subtype': '/Image',
  '/Width': width,
  '/Height': height,
  '/ColorSpace': channels === 1 ? '/DeviceGray' : '/DeviceRGB',
  '/BitsPerComponent': bits,
})
