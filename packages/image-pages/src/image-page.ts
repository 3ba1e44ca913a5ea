import { readFile } from 'node:fs/promises'
import { type Dictionary, type FileSlice, wholeFile } from '@pdf-smaller/pdf'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { bitonalImage } from './bitonal.ts'
import { imageDictionary, type ImageObject, imageObject } from './png-image.ts'

/** Pixels of the largest image that is taken. */
export const mostPixels = 400_000_000

/** Quarter turns clockwise that the EXIF orientations without mirroring ask for. */
const turns: Record<number, number> = { 1: 0, 3: 180, 6: 90, 8: 270 }

/** An image as it stands in a document: bytes made for it, or those of its own file. */
export type PageImage = ImageObject | { dictionary: Dictionary; file: FileSlice }

/** An image that fills a page, with its mask, if any. */
export type Placed = {
  image: PageImage
  mask?: ImageObject
  width: number
  height: number
  /** How far the page is turned clockwise. */
  rotate: number
}

/**
 * An image in the form that changes least of it: JPEG and plain PNG keep their bytes, black and white stays that, and any
 * other is unpacked to the colours of the screen without a loss.
 * @param page of a file of several, from 0
 * @throws Error where the image cannot be read to its end
 */
export async function placedImage(file: string, page: number, metadata: Metadata): Promise<Placed> {
  if (isPlainJpeg(metadata)) return jpegImage(file, metadata)
  if (isPlainPng(metadata)) return pngImage(file, metadata)
  const open = () => sharp(file, { page, limitInputPixels: mostPixels }).autoOrient()
  return isBitonal(metadata) ? blackAndWhite(open) : unpacked(open, metadata)
}

function isPlainJpeg({ format, channels, orientation = 1 }: Metadata): boolean {
  return format === 'jpeg' && channels <= 3 && orientation in turns
}

/** A PNG without what an image of a document has not, or has otherwise. */
function isPlainPng({ format, hasAlpha, isPalette, isProgressive, icc, orientation = 1 }: Metadata): boolean {
  return format === 'png' && !hasAlpha && !isPalette && !isProgressive && !icc && orientation === 1
}

const isBitonal = ({ bitsPerSample, channels, isPalette }: Metadata): boolean =>
  bitsPerSample === 1 && channels === 1 && !isPalette

async function jpegImage(
  file: string,
  { width, height, channels, orientation = 1 }: Metadata,
): Promise<Placed> {
  await readToItsEnd(file)
  const dictionary = { ...imageDictionary({ width, height, bits: 8, channels }), '/Filter': '/DCTDecode' }
  return {
    image: { dictionary, file: await wholeFile(file) },
    width,
    height,
    rotate: turns[orientation] ?? 0,
  }
}

async function pngImage(file: string, { width, height }: Metadata): Promise<Placed> {
  await readToItsEnd(file)
  return { image: imageObject(await readFile(file)), width, height, rotate: 0 }
}

/** What is not unpacked would only be found broken by those who look at the document. */
async function readToItsEnd(file: string): Promise<void> {
  await sharp(file, { limitInputPixels: mostPixels, failOn: 'truncated' }).resize(8).raw().toBuffer()
}

async function blackAndWhite(open: () => Sharp): Promise<Placed> {
  const { data, info } = await open().toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  return { image: await bitonalImage(data, info), width: info.width, height: info.height, rotate: 0 }
}

/** In shades of grey or the colours of the screen, upright, with what it is see-through at as a mask. */
async function unpacked(open: () => Sharp, { hasAlpha, channels }: Metadata): Promise<Placed> {
  const asPng = (image: Sharp) =>
    image.png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer({ resolveWithObject: true })
  const space = channels <= 2 ? 'b-w' : 'srgb'
  const { data, info } = await asPng(open().removeAlpha().toColourspace(space))
  const placed = { image: imageObject(data), width: info.width, height: info.height, rotate: 0 }
  if (!hasAlpha) return placed
  const mask = await asPng(open().ensureAlpha().extractChannel('alpha').toColourspace('b-w'))
  return { ...placed, mask: imageObject(mask.data) }
}
