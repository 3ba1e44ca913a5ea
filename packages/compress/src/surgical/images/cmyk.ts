import { type Dictionary, type PdfObjects, without } from '@pdf-smaller/pdf'
import sharp from 'sharp'
import type { Settings } from '../../levels.ts'
import { decode } from '../flate.ts'
import type { NewStream } from '../new-stream.ts'
import { chooseEncoding } from './choose.ts'
import { jpegOptions, pixelsIn } from './codec.ts'
import { type Place, ppiOf, weightOf } from './places.ts'
import { cmykTiff } from './tiff.ts'

export type CmykImage = {
  raw: Buffer
  dictionary: Dictionary
  objects: PdfObjects
  isJpeg: boolean
  width: number
  height: number
  place: Place
  settings: Settings
}

/** A copy must save a tenth. */
const gain = 0.9
const inverted = [1, 0, 1, 0, 1, 0, 1, 0]

/**
 * Encodes an image in the four colours of print anew, without leaving them; undefined when that gains nothing. libvips
 * writes such a JPEG inverted, as Adobe's programs do, so the document must say so where it was not.
 */
export async function renewCmyk(image: CmykImage): Promise<NewStream | undefined> {
  const { raw, dictionary, settings, place, objects } = image
  const source = await sourceOf(image)
  if (!source) return undefined
  const limitInputPixels = image.width * image.height
  const open = () => sharp(source.bytes, { failOn: 'none', ignoreIcc: true, limitInputPixels })
  const shown = await pixelsIn(open(), 3)
  const { scale, quality, look } = await chooseEncoding(shown, ppiOf(place), settings, weightOf(place))
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)))
  const jpeg = await open()
    .pipelineColourspace('cmyk')
    .resize(width ?? 1, height ?? 1, { kernel: 'cubic', fit: 'fill' })
    .toColourspace('cmyk')
    .jpeg(jpegOptions(quality, 'final'))
    .toBuffer({ resolveWithObject: true })
  const price = settings.insists ? 1 : Math.exp(look)
  if (jpeg.info.channels !== 4 || jpeg.data.length * price > raw.length * gain) return undefined
  const { '/Decode': given, ...rest } = without(dictionary, '/Filter', '/DecodeParms', '/Length')
  const decoding = source.isInverted ? given : objects.array(given)[0] === 1 ? undefined : inverted
  const size = { '/Width': width, '/Height': height, '/BitsPerComponent': 8, '/Filter': '/DCTDecode' }
  return { bytes: jpeg.data, dictionary: { ...rest, ...size, ...(decoding ? { '/Decode': decoding } : {}) } }
}

/** The image in a form that libvips reads, and whether it inverts what it reads. */
async function sourceOf({
  raw,
  dictionary,
  objects,
  isJpeg,
  width,
  height,
}: CmykImage): Promise<{ bytes: Buffer; isInverted: boolean } | undefined> {
  if (!isJpeg) {
    const samples = await decode(raw, dictionary, objects)
    const size = width * height * 4
    return samples && samples.length >= size
      ? { bytes: cmykTiff(width, height, samples.subarray(0, size)), isInverted: false }
      : undefined
  }
  const { channels, ...own } = await sharp(raw, { failOn: 'none', limitInputPixels: false }).metadata()
  const fits = channels === 4 && own.width === width && own.height === height
  return fits ? { bytes: raw, isInverted: hasAdobeMarker(raw) } : undefined
}

/** Whether a JPEG says that a program of Adobe wrote it (marker APP14); libjpeg and libvips take it for inverted then. */
function hasAdobeMarker(jpeg: Buffer): boolean {
  let at = 2
  while (at + 4 < jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    if (jpeg[at + 1] === 0xee && jpeg.toString('latin1', at + 4, at + 9) === 'Adobe') return true
    at += 2 + jpeg.readUInt16BE(at + 2)
  }
  return false
}
