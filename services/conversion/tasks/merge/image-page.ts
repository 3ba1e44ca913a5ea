import { readFile } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import { newDocument, type NewDocument } from '@pdf-smaller/pdf'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { imageDictionary, type ImageObject, imageObject } from './png-image.ts'

/** Pixels per inch of images that do not say. */
const usualDensity = 96
/** Pixels of the largest image that is taken. */
const mostPixels = 400_000_000
/** The longest side of a page, points (ISO 32000-1, annex C). */
const longestSide = 14_400

/** Quarter turns clockwise that the EXIF orientations without mirroring ask for. */
const turns: Record<number, number> = { 1: 0, 3: 180, 6: 90, 8: 270 }

/** An image as it stands in a document, with its mask, if any, in front of it. */
type Placed = { mask?: ImageObject; image: ImageObject; width: number; height: number; rotate: number }

/**
 * Writes a document of one page that an image fills, in the size that its resolution gives it. JPEG stays as it is.
 * @throws JobFailure damaged_image, too_many_pixels
 */
export async function writeImagePage(file: string, output: string): Promise<void> {
  try {
    const metadata = await sharp(file, { limitInputPixels: false }).metadata()
    const { width, height, density = usualDensity } = metadata
    if (width * height > mostPixels)
      throw new JobFailure('too_many_pixels', `an image of ${width} × ${height} pixels`)
    const placed = isPlainJpeg(metadata) ? await jpegImage(file, metadata) : await decodedImage(file)
    await documentOf(placed, density > 1 ? density : usualDensity).write(output)
  } catch (error) {
    if (error instanceof JobFailure) throw error
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw new JobFailure('damaged_image', why.replaceAll(file, 'it'), { cause: error })
  }
}

function isPlainJpeg({ format, channels, orientation = 1 }: Metadata): boolean {
  return format === 'jpeg' && channels !== undefined && channels <= 3 && orientation in turns
}

async function jpegImage(
  file: string,
  { width, height, channels, orientation = 1 }: Metadata,
): Promise<Placed> {
  const size = { width, height, bits: 8, channels: channels ?? 3 }
  const dictionary = { ...imageDictionary(size), '/Filter': '/DCTDecode' }
  return { image: { dictionary, data: await readFile(file) }, width, height, rotate: turns[orientation] ?? 0 }
}

/** Any other image in the colours of the screen, upright, with what it is see-through at as a mask. */
async function decodedImage(file: string): Promise<Placed> {
  const upright = () => sharp(file, { limitInputPixels: mostPixels }).autoOrient()
  const asPng = (image: Sharp) =>
    image.png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer({ resolveWithObject: true })
  const { hasAlpha } = await upright().metadata()
  const { data, info } = await asPng(upright().removeAlpha().toColourspace('srgb'))
  const image = imageObject(data)
  const size = { width: info.width, height: info.height, rotate: 0 }
  if (!hasAlpha) return { image, ...size }
  const mask = await asPng(upright().ensureAlpha().extractChannel('alpha').toColourspace('b-w'))
  return { image, mask: imageObject(mask.data), ...size }
}

function documentOf({ mask, image, width, height, rotate }: Placed, density: number): NewDocument {
  const points = (pixels: number) => (pixels / density) * 72
  const scale = Math.min(1, longestSide / Math.max(points(width), points(height)))
  const [across, up] = [points(width) * scale, points(height) * scale]
  const document = newDocument()
  const softMask = mask ? { '/SMask': document.add(mask) } : {}
  const picture = document.add({ ...image, dictionary: { ...image.dictionary, ...softMask } })
  const contents = Buffer.from(`q ${across} 0 0 ${up} 0 0 cm /I Do Q`)
  document.addPage(
    [0, 0, across, up],
    document.add({ dictionary: {}, data: contents }),
    { '/XObject': { '/I': picture } },
    { '/Rotate': rotate },
  )
  return document
}
