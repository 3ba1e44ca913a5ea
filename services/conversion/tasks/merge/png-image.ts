import type { NewObject } from '@pdf-smaller/pdf'

const signatureBytes = 8

/**
 * A PNG without transparency, palette and interlacing as an image of a document: both pack rows in the same way (ISO
 * 32000-1, 7.4.4.4), so its data goes over as it is.
 */
export function imageObject(png: Buffer): NewObject {
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
  const dictionary = {
    '/Type': '/XObject',
    '/Subtype': '/Image',
    '/Width': width,
    '/Height': height,
    '/ColorSpace': channels === 1 ? '/DeviceGray' : '/DeviceRGB',
    '/BitsPerComponent': bits,
    '/Filter': '/FlateDecode',
    '/DecodeParms': { '/Predictor': 15, '/Colors': channels, '/BitsPerComponent': bits, '/Columns': width },
  }
  return { dictionary, data: Buffer.concat(parts) }
}
