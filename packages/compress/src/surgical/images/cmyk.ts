import type { Dictionary } from '@pdf-smaller/pdf'
import sharp from 'sharp'
import type { Settings } from '../../levels.ts'
import type { NewStream } from '../new-stream.ts'
import { chooseEncoding } from './choose.ts'
import { jpegOptions, pixelsIn } from './codec.ts'
import { type Place, ppiOf, weightOf } from './places.ts'
import type { Content } from './reader/content.ts'
import { cmykTiff } from './tiff.ts'
import { openTrials } from './trial.ts'

export type CmykImage = {
  inks: Extract<Content, { kind: 'inks' }>
  /** The entries of the image that last. */
  lasting: Dictionary
  /** What the image takes as it stands. */
  bytes: number
  place: Place
  settings: Settings
}

/** A copy must save a tenth. */
const gain = 0.9
const inverted = [1, 0, 1, 0, 1, 0, 1, 0]

/**
 * Encodes an image in the four colours of print anew, without leaving them; undefined when that gains nothing. libvips
 * writes such a JPEG inverted, as Adobe's programs do, and the document says so.
 */
export async function renewCmyk(image: CmykImage): Promise<NewStream | undefined> {
  const { inks, lasting, bytes, settings, place } = image
  const limitInputPixels = inks.width * inks.height
  const source = cmykTiff(inks.width, inks.height, inks.samples)
  const open = () => sharp(source, { limitInputPixels })
  const shown = await pixelsIn(open(), 3)
  const [ppi, weight] = [ppiOf(place), weightOf(place)]
  const { scale, quality, look, lost } = await chooseEncoding(
    openTrials(shown, place.viewPpi / ppi),
    ppi,
    settings,
    weight,
  )
  const [width = 1, height = 1] = [inks.width, inks.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  )
  const jpeg = await open()
    .pipelineColourspace('cmyk')
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .toColourspace('cmyk')
    .jpeg(jpegOptions(quality))
    .toBuffer({ resolveWithObject: true })
  const price = settings.insists ? 1 : Math.exp(look)
  if (jpeg.info.channels !== 4 || jpeg.data.length * price > bytes * gain) return undefined
  const size = { '/Width': width, '/Height': height, '/BitsPerComponent': 8, '/ColorSpace': inks.space }
  const form = { '/Filter': '/DCTDecode', '/Decode': inverted }
  return { bytes: jpeg.data, dictionary: { ...lasting, ...size, ...form }, lost }
}
