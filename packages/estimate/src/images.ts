import { deflateRawSync } from 'node:zlib'
import { filtersOf, nameOf, numberOf, referenceOf } from './objects.ts'
import { jpegQuality } from './jpeg-quality.ts'

/** How an image is stored: JPEG, JPEG 2000, two colours (fax, JBIG2 or Flate), a table of colours, samples; or a soft mask. */
export type ImageClass = 'jpeg' | 'jpx' | 'ccitt' | 'jbig2' | 'bilevel' | 'indexed' | 'samples' | 'mask'

export type Image = {
  class: ImageClass
  pixels: number
  /** As stored. */
  bytes: number
  /** What they would come to under Flate, where they are stored without compression; else the same. */
  packedBytes: number
  /** Of a JPEG, 1 to 100; 0 where it is not known. */
  quality: number
  /** Pixels per inch where it is placed; undefined where no place is known. */
  ppi: number | undefined
}

/** An image as its dictionary tells it; what it refers to is followed when the whole file is known. */
export type SeenImage = Omit<Image, 'ppi'> & {
  number: number
  width: number
  height: number
  space: number | undefined
}

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

export function imageOf(number: number, dictionary: string, bytes: number, head: Buffer): SeenImage {
  const filter = filtersOf(dictionary).at(-1) ?? ''
  const bits = numberOf(dictionary, 'BitsPerComponent')
  const width = numberOf(dictionary, 'Width') ?? 0
  const height = numberOf(dictionary, 'Height') ?? 0
  const isBilevel = bits === 1 || /\/ImageMask\s{1,8}true/.test(dictionary)
  const isIndexed = /\/ColorSpace\s{0,8}\[\s{0,8}\/(?:Indexed|I)\b/.test(dictionary)
  const kind = classOfFilter[filter] ?? (isBilevel ? 'bilevel' : isIndexed ? 'indexed' : 'samples')
  return {
    class: kind,
    pixels: Math.min(width * height, mostPixels),
    bytes,
    packedBytes: filter === '' ? bytes * packedShare(head) : bytes,
    quality: (kind === 'jpeg' && jpegQuality(head)) || 0,
    number,
    width,
    height,
    space: nameOf(dictionary, 'ColorSpace') ? undefined : referenceOf(dictionary, 'ColorSpace'),
  }
}

/** What Flate leaves of samples, judged by the first of them. */
function packedShare(sample: Buffer): number {
  return sample.length > 0 ? Math.min(1, deflateRawSync(sample).length / sample.length) : 1
}
