import { readFile, rm } from 'node:fs/promises'
import { filtersOf, type PdfStream, stringBytes, type WorkingCopy } from '@pdf-smaller/pdf'
import { type Bitmap, rowBytes } from '@pdf-smaller/pictures/bitmap'
import { decode } from '../flate.ts'
import { decodeJpeg, jpegHead } from './codec.ts'
import { type Colour, colourOf, isCmyk } from './colour.ts'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { readPnm } from '@pdf-smaller/pictures/pnm'

/** What is known of an image without decoding it. */
export type ImageFacts = {
  width: number
  height: number
  bits: number
  /** Who can decode it: this process, or Poppler. */
  decoder: 'jpeg' | 'flate' | 'foreign'
  /** Undefined for a space that is no colour, or one that re-encoding would not keep. */
  colour: Colour | undefined
  /** Whether it has the four colours of print. */
  isCmyk: boolean
  /** A JPEG 2000 image that brings its colour space along. */
  bringsSpace: boolean
}

/** Larger images are left alone: decoded they would take more memory than a worker has for one. */
export const mostPixels = 80_000_000

export async function factsOf(copy: WorkingCopy, { dictionary }: PdfStream): Promise<ImageFacts> {
  const filters = filtersOf(dictionary, copy)
  const isFlate = filters.every((filter) => filter === '/FlateDecode')
  const isMask = dictionary['/ImageMask'] === true
  const bits = isMask ? 1 : copy.number(dictionary['/BitsPerComponent'])
  const bringsSpace = filters.at(-1) === '/JPXDecode' && dictionary['/ColorSpace'] === undefined
  return {
    width: copy.number(dictionary['/Width']),
    height: copy.number(dictionary['/Height']),
    bits,
    decoder:
      filters.length === 1 && filters[0] === '/DCTDecode'
        ? 'jpeg'
        : isFlate && (bits === 1 || bits === 8)
          ? 'flate'
          : 'foreign',
    colour: await colourIn(copy, dictionary['/ColorSpace']),
    isCmyk: isCmyk(dictionary['/ColorSpace'], copy),
    bringsSpace,
  }
}

async function colourIn(copy: WorkingCopy, space: unknown): Promise<Colour | undefined> {
  const [, , , lookup] = copy.array(space)
  const table = copy.stream(lookup)
  const bytes = table && (await decode(await copy.read(table), table.dictionary, copy))
  return colourOf(space, copy, (value) => bytes ?? stringBytes(value))
}

/** The bits of an image of 1 bit as they stand in the document, 0 as 1: black in the usual spaces. */
export async function bitmapOf(
  copy: WorkingCopy,
  stream: PdfStream,
  { width, height }: ImageFacts,
  foreign: string | undefined,
): Promise<Bitmap | undefined> {
  if (foreign) {
    const image = await takeFile(foreign)
    return 'bits' in image ? image : undefined
  }
  const samples = await decode(await copy.read(stream), stream.dictionary, copy)
  const size = rowBytes(width) * height
  return samples && samples.length >= size
    ? { width, height, bits: samples.subarray(0, size).map((byte) => ~byte) }
    : undefined
}

/** The pixels of an image in its own colour space, or in the one behind its table of colours. */
export async function pixelsOf(
  copy: WorkingCopy,
  stream: PdfStream,
  facts: ImageFacts,
  foreign: string | undefined,
): Promise<Pixels | undefined> {
  const { width, height, colour, decoder } = facts
  const channels = colour?.components ?? 3
  if (foreign) {
    const image = await takeFile(foreign)
    if ('bits' in image || image.width !== width || image.height !== height) return undefined
    return facts.bringsSpace ? greyIfGrey(image) : channels === 1 ? firstOfThree(image) : image
  }
  if (!colour) return undefined
  const raw = await copy.read(stream)
  if (decoder === 'jpeg') {
    const head = await jpegHead(raw)
    const fits = head.channels === channels && head.width === width && head.height === height
    return fits ? decodeJpeg(raw, channels, width * height) : undefined
  }
  const samples = await decode(raw, stream.dictionary, copy)
  const size = width * height * (colour.palette ? 1 : channels)
  if (!samples || samples.length < size) return undefined
  const own = samples.subarray(0, size)
  return {
    width,
    height,
    channels,
    samples: colour.palette ? coloursOf(own, colour.palette.table, channels) : own,
  }
}

/** The colours behind the numbers of an indexed image. */
function coloursOf(indices: Uint8Array, table: Uint8Array, channels: number): Uint8Array {
  const colours = new Uint8Array(indices.length * channels)
  let at = 0
  for (const index of indices) {
    for (let channel = 0; channel < channels; channel++)
      colours[at++] = table[index * channels + channel] ?? 0
  }
  return colours
}

const firstOfThree = ({ width, height, samples }: Pixels): Pixels => ({
  width,
  height,
  channels: 1,
  samples: Uint8Array.from({ length: width * height }, (_, pixel) => samples[pixel * 3] ?? 0),
})

function greyIfGrey(image: Pixels): Pixels {
  const { samples } = image
  for (let at = 0; at < samples.length; at += 3) {
    if (samples[at] !== samples[at + 1] || samples[at] !== samples[at + 2]) return image
  }
  return firstOfThree(image)
}

async function takeFile(file: string): Promise<Pixels | Bitmap> {
  const image = readPnm(await readFile(file))
  await rm(file)
  return image
}
