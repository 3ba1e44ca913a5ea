import { deflateRawSync } from 'node:zlib'
import { filtersOf, nameOf, numberOf, type ObjectText, referenceOf } from './objects.ts'
import { jpegHead } from './jpeg-head.ts'
import type { SampleTrial } from './sample-trial.ts'
import { unwrapped } from './unpack.ts'

/** How an image is stored: JPEG, JPEG 2000, two colours (fax, JBIG2 or Flate), a table of colours, samples; or a soft mask. */
export const imageClasses = [
  'jpeg',
  'jpx',
  'ccitt',
  'jbig2',
  'bilevel',
  'indexed',
  'samples',
  'mask',
] as const
export type ImageClass = (typeof imageClasses)[number]

export type Image = {
  class: ImageClass
  pixels: number
  /** As stored. */
  bytes: number
  /** What they would come to under Flate, where they are stored without compression; of a JPEG, without notes; else the same. */
  packedBytes: number
  /** Bits per pixel that samples would take as a JPEG of a quality of 75; undefined where that was not tried. */
  asJpeg: number | undefined
  /** Of a JPEG, 1 to 100; 0 where it is not known. */
  quality: number
  /** Whether the file can do without it: nothing refers to it, or it is equal to one before it. */
  spare: 'idle' | 'twins' | undefined
  /** Pixels per inch where it is placed; undefined where no place is known. */
  ppi: number | undefined
}

/** An image as its dictionary tells it; what it refers to is followed when the whole file is known. */
export type SeenImage = Omit<Image, 'ppi' | 'spare'> & {
  number: number
  width: number
  height: number
  space: number | undefined
  /** Equal for images that are equal. */
  twin: string
}

/** The data of a stream, as far as they were kept. */
export type SeenStream = { bytes: number; head: Buffer; checksum: number }

const classOfFilter: Record<string, ImageClass> = {
  DCTDecode: 'jpeg',
  DCT: 'jpeg',
  JPXDecode: 'jpx',
  CCITTFaxDecode: 'ccitt',
  CCF: 'ccitt',
  JBIG2Decode: 'jbig2',
}

/** No image has more; a dictionary that says so is wrong. */
const mostPixels = 2 ** 31

export function imageOf(
  { number, text: dictionary }: ObjectText,
  stream: SeenStream,
  { bitsOf }: SampleTrial,
): SeenImage {
  const { bytes, head, checksum } = stream
  const filters = filtersOf(dictionary)
  const filter = filters.at(-1) ?? ''
  const bits = numberOf(dictionary, 'BitsPerComponent')
  const told = { width: numberOf(dictionary, 'Width') ?? 0, height: numberOf(dictionary, 'Height') ?? 0 }
  const isBilevel = bits === 1 || /\/ImageMask\s{1,8}true/.test(dictionary)
  const isIndexed = /\/ColorSpace\s{0,8}\[\s{0,8}\/(?:Indexed|I)\b/.test(dictionary)
  const kind = classOfFilter[filter] ?? (isBilevel ? 'bilevel' : isIndexed ? 'indexed' : 'samples')
  // A dictionary may refer to numbers that stand elsewhere.
  const inner = unwrapped(head, filters.slice(0, -1))
  const wrapping = head.length > 0 ? inner.length / head.length : 1
  const jpeg = kind === 'jpeg' ? jpegHead(inner) : undefined
  const { width, height } = jpeg?.size ?? told
  return {
    class: kind,
    pixels: Math.min(width * height, mostPixels),
    bytes,
    packedBytes:
      filter === '' ? bytes * packedShare(head) : Math.max(1, bytes * wrapping - (jpeg?.notes ?? 0)),
    asJpeg: kind === 'samples' ? bitsOf({ dictionary, width, height, bytes, head }) : undefined,
    quality: jpeg?.quality ?? 0,
    number,
    width,
    height,
    space: nameOf(dictionary, 'ColorSpace') ? undefined : referenceOf(dictionary, 'ColorSpace'),
    twin: `${bytes} ${checksum} ${width} ${height}`,
  }
}

/** What Flate leaves of samples, judged by the first of them. */
function packedShare(sample: Buffer): number {
  return sample.length > 0 ? Math.min(1, deflateRawSync(sample).length / sample.length) : 1
}
