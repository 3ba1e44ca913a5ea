import type { Dictionary } from '@pdf-smaller/pdf'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import { pack } from '../flate.ts'
import { predict } from '@pdf-smaller/pdf'
import type { Pixels } from '@pdf-smaller/pictures/pixels'

/** A stream's bytes, and the entries of its dictionary that tell how to read them. */
export type Encoded = { bytes: Uint8Array; entries: Dictionary }

/** With more colours a table gains nothing: grey samples are as short themselves. */
const mostColours = { 1: 16, 3: 256 }

/** The colours of an image, and the number of each sample's colour; undefined when there are too many. */
function paletteOf({ channels, samples }: Pixels): { colours: number[]; indices: Uint8Array } | undefined {
  const numbers = new Map<number, number>()
  const indices = new Uint8Array(samples.length / channels)
  for (let pixel = 0, at = 0; pixel < indices.length; pixel++, at += channels) {
    const colour =
      channels === 1
        ? (samples[at] ?? 0)
        : ((samples[at] ?? 0) << 16) | ((samples[at + 1] ?? 0) << 8) | (samples[at + 2] ?? 0)
    let number = numbers.get(colour)
    if (number === undefined) {
      if (numbers.size === mostColours[channels]) return undefined
      numbers.set(colour, (number = numbers.size))
    }
    indices[pixel] = number
  }
  return { colours: [...numbers.keys()], indices }
}

/**
 * The smallest lossless form of an image: a table of colours where there are few, JBIG2 for two of them, Flate with or
 * without a predictor.
 * @param space its colour space as it stands in the document
 * @param mayIndex whether it may get a table of colours; soft masks must not (ISO 32000-1, 11.6.5.3)
 */
export async function encodeLossless(image: Pixels, space: unknown, mayIndex: boolean): Promise<Encoded> {
  const palette = mayIndex ? paletteOf(image) : undefined
  if (!palette) return flate(image.samples, image.width, image.channels, 8, { '/ColorSpace': space })
  const { colours, indices } = palette
  const table = Buffer.from(
    colours.flatMap((colour) =>
      image.channels === 1 ? [colour] : [colour >> 16, (colour >> 8) & 255, colour & 255],
    ),
  )
  const indexed = { '/ColorSpace': ['/Indexed', space, colours.length - 1, `b:${table.toString('hex')}`] }
  const bits = colours.length <= 2 ? 1 : colours.length <= 4 ? 2 : colours.length <= 16 ? 4 : 8
  const packed = packBits(indices, image.width, image.height, bits)
  if (bits > 1) return flate(packed, image.width, 1, bits, indexed)
  // JBIG2 has black as 1, a PDF as 0.
  const inverted = packed.map((byte) => ~byte)
  return {
    bytes: encodeJbig2({ width: image.width, height: image.height, bits: inverted }),
    entries: { ...indexed, '/BitsPerComponent': 1, '/Filter': '/JBIG2Decode' },
  }
}

async function flate(
  samples: Uint8Array,
  columns: number,
  colors: number,
  bits: number,
  entries: Dictionary,
): Promise<Encoded> {
  const predicted = predict(samples, { predictor: 15, columns, colors, bits })
  const [plain, foretold] = await Promise.all([pack(samples), pack(predicted)])
  const common = { ...entries, '/BitsPerComponent': bits, '/Filter': '/FlateDecode' }
  if (plain.length <= foretold.length) return { bytes: plain, entries: common }
  const parameters = { '/Predictor': 15, '/Colors': colors, '/BitsPerComponent': bits, '/Columns': columns }
  return { bytes: foretold, entries: { ...common, '/DecodeParms': parameters } }
}

/** Numbers of so many bits, packed in rows of whole bytes, the highest bits first. */
function packBits(numbers: Uint8Array, width: number, height: number, bits: number): Uint8Array {
  if (bits === 8) return numbers
  const row = Math.ceil((width * bits) / 8)
  const packed = new Uint8Array(row * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * bits
      const at = y * row + (bit >> 3)
      packed[at] = (packed[at] ?? 0) | ((numbers[y * width + x] ?? 0) << (8 - bits - (bit & 7)))
    }
  }
  return packed
}
