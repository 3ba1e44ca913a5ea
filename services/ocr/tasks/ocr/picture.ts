import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, renderPages } from '@pdf-smaller/engines'
import { bitonalImage, imageDictionary } from '@pdf-smaller/image-pages'
import { type Dictionary, type FileSlice, wholeFile } from '@pdf-smaller/pdf'
import sharp, { type Sharp } from 'sharp'
import { cleanedPicture, straightened } from '@pdf-smaller/recognition'

/** Letters stay sharp, at half the size of the highest quality. */
const quality = 85
const timeoutMs = 60_000

/** A picture of a page, as an image of a document. */
export type Picture = { dictionary: Dictionary; file: FileSlice }

export type Drawing = {
  dpi: number
  /** How far it is turned clockwise for its lines to lie straight, degrees. */
  skew: number
  /** Whether it is cleaned of specks, dark borders and shadows. */
  clean: boolean
  /** Whether what the page shows is black and white; cleaned, it stays that. */
  bitonal: boolean
}

/** Draws a page as it is seen, without its annotations. */
export async function drawPicture(
  file: string,
  page: number,
  { dpi, skew, clean, bitonal }: Drawing,
  context: EngineContext,
): Promise<Picture> {
  const isChanged = skew !== 0 || clean
  const isBitonal = bitonal && clean
  const [drawn] = await renderPages(file, path.join(context.cwd, `picture-${page}`), context, {
    first: page,
    last: page,
    scale: { dpi },
    colours: isBitonal ? 'grayscale' : 'keep',
    as: isChanged ? { format: 'tiff' } : { format: 'jpeg', quality },
    withoutAnnotations: true,
    timeoutMs,
  })
  if (!drawn) throw new JobFailure('engine_failed', `page ${page} could not be drawn`)
  const picture = sharp(drawn.file, { limitInputPixels: false })
  if (!isChanged) {
    const { width, height } = await picture.metadata()
    return { dictionary: jpegDictionary({ width, height, channels: 3 }), file: await wholeFile(drawn.file) }
  }
  return context.core(async () => {
    const inItsColours = isBitonal ? picture.toColourspace('b-w') : picture
    const clear = clean ? await cleanedPicture(inItsColours, dpi) : inItsColours
    const straight = skew === 0 ? clear : await straightened(clear, skew)
    const made = await (isBitonal ? asBitonal(straight, drawn.file) : asJpeg(straight, drawn.file))
    await rm(drawn.file)
    return made
  })
}

async function asJpeg(picture: Sharp, drawn: string): Promise<Picture> {
  const file = `${drawn}.jpg`
  const dictionary = jpegDictionary(await picture.jpeg({ quality }).toFile(file))
  return { dictionary, file: await wholeFile(file) }
}

async function asBitonal(picture: Sharp, drawn: string): Promise<Picture> {
  const file = `${drawn}.flate`
  const { data, info } = await picture.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  const { dictionary, data: packed } = await bitonalImage(data, info)
  await writeFile(file, packed)
  return { dictionary, file: await wholeFile(file) }
}

const jpegDictionary = (size: { width: number; height: number; channels: number }): Dictionary => ({
  ...imageDictionary({ ...size, bits: 8 }),
  '/Filter': '/DCTDecode',
})
