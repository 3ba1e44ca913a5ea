import type { Sharp } from 'sharp'
import type { Settings } from '../levels.ts'
import { type Dictionary, type PdfObjects, without } from '../pdf-objects.ts'
import { type Colour, colourOf, isDelicate, stringBytes } from './colour.ts'
import { decode, filtersOf, pack } from './flate.ts'

/** A stream as it is to stand in the document. */
export type NewStream = { dictionary: Dictionary; bytes: Uint8Array }

export type ImageWork = {
  dictionary: Dictionary
  raw: Buffer
  /** Pixels per inch where it is placed largest; undefined where it is not placed. */
  ppi: number | undefined
  isSoftMask: boolean
  settings: Settings
  objects: PdfObjects
  /** The bytes behind a palette that is a stream. */
  paletteStream: (reference: unknown) => Uint8Array | undefined
}

/** Smaller images are not worth their new header. */
const leastBytes = 1500
/** An image is reduced only when it has clearly more pixels than asked for. */
const dpiTolerance = 1.15
/** A lossy copy must save a tenth, a lossless one a fiftieth. */
const lossyGain = 0.9
const losslessGain = 0.98
/** Below it, soft edges show steps. */
const leastMaskQuality = 80

/** Encodes an image anew, reduced to the resolution asked for; undefined when that would gain nothing or change its meaning. */
export async function reencode(work: ImageWork): Promise<NewStream | undefined> {
  const { dictionary, raw, ppi, settings, objects } = work
  if (raw.length < leastBytes || isDelicate(dictionary, objects)) return undefined
  if (objects.number(dictionary['/BitsPerComponent']) !== 8) return undefined
  const colour = colourOf(
    dictionary['/ColorSpace'],
    objects,
    (value) => stringBytes(value) ?? work.paletteStream(value),
  )
  if (!colour) return undefined
  const scale = ppi && ppi > settings.dpi * dpiTolerance ? settings.dpi / ppi : 1
  if (colour.palette && scale === 1) return undefined
  const [width, height] = [objects.number(dictionary['/Width']), objects.number(dictionary['/Height'])]
  const source = await open(work, colour, width, height)
  if (!source) return undefined
  const [newWidth, newHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale)))
  const reduced = scale < 1 ? source.resize(newWidth, newHeight, { kernel: 'lanczos3', fit: 'fill' }) : source
  const image = colour.components === 1 ? reduced.toColourspace('b-w') : reduced.toColourspace('srgb')
  const best = await smallest(image, work, colour)
  if (!best || best.bytes.length > raw.length * (best.lossy ? lossyGain : losslessGain)) return undefined
  return {
    bytes: best.bytes,
    dictionary: {
      ...without(dictionary, '/Filter', '/DecodeParms', '/Length'),
      ...(colour.palette ? { '/ColorSpace': colour.palette.base } : {}),
      '/Width': newWidth ?? width,
      '/Height': newHeight ?? height,
      '/Filter': best.filter,
    },
  }
}

async function open(
  work: ImageWork,
  colour: Colour,
  width: number,
  height: number,
): Promise<Sharp | undefined> {
  const { default: sharp } = await import('sharp')
  const [filter, ...more] = filtersOf(work.dictionary, work.objects)
  if (more.length > 0) return undefined
  const limitInputPixels = width * height
  if (filter === '/DCTDecode') {
    const image = sharp(work.raw, { limitInputPixels, failOn: 'none', ignoreIcc: true })
    const { channels, width: ownWidth, height: ownHeight } = await image.metadata()
    return channels === colour.components && ownWidth === width && ownHeight === height ? image : undefined
  }
  const samples = await decode(work.raw, work.dictionary, work.objects)
  const { palette, components } = colour
  const needed = width * height * (palette ? 1 : components)
  if (!samples || samples.length < needed) return undefined
  const pixels = palette
    ? look(samples.subarray(0, needed), palette.table, components)
    : samples.subarray(0, needed)
  // The type names one or three channels; what is checked above is a number.
  const channels = components === 1 ? 1 : 3
  return sharp(pixels, { raw: { width, height, channels }, limitInputPixels })
}

/** The colours behind the numbers of an indexed image. */
function look(indices: Uint8Array, table: Uint8Array, components: number): Uint8Array {
  const colours = new Uint8Array(indices.length * components)
  let at = 0
  for (const index of indices) {
    for (let channel = 0; channel < components; channel++)
      colours[at++] = table[index * components + channel] ?? 0
  }
  return colours
}

type Encoded = { bytes: Uint8Array; filter: '/DCTDecode' | '/FlateDecode'; lossy: boolean }

async function smallest(
  image: Sharp,
  { settings, isSoftMask, dictionary, objects }: ImageWork,
  colour: Colour,
): Promise<Encoded | undefined> {
  const quality = isSoftMask ? Math.max(settings.quality, leastMaskQuality) : settings.quality
  const jpeg = await image
    .clone()
    .jpeg({ quality, mozjpeg: true, chromaSubsampling: quality >= 85 ? '4:4:4' : '4:2:0' })
    .toBuffer({ resolveWithObject: true })
  const lossy: Encoded | undefined =
    jpeg.info.channels === colour.components
      ? { bytes: jpeg.data, filter: '/DCTDecode', lossy: true }
      : undefined
  // What was lossy stays lossy: a lossless copy of a JPEG is larger.
  if (filtersOf(dictionary, objects)[0] === '/DCTDecode') return lossy
  const samples = await image.clone().raw().toBuffer({ resolveWithObject: true })
  if (samples.info.channels !== colour.components) return lossy
  const lossless: Encoded = { bytes: await pack(samples.data), filter: '/FlateDecode', lossy: false }
  // Line art is kept exact where that costs little.
  return !lossy || lossless.bytes.length <= lossy.bytes.length * 1.15 ? lossless : lossy
}
