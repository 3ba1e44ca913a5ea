import { rm } from 'node:fs/promises'
import type { EngineContext } from '@pdf-smaller/engines'
import sharp, { type Sharp } from 'sharp'
import { cleanInThread } from './in-thread.ts'

/** A picture without the traces of scanning, in its own colours or shades. */
export async function cleanedPicture(picture: Sharp, dpi: number): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const { data: clean } = await cleanInThread({ picture: { data, width, height, channels }, dpi })
  return sharp(clean, { raw: { width, height, channels }, limitInputPixels: false })
}

/** Cleans a picture that is to be read. */
export async function cleanPicture(file: string, dpi: number, context: EngineContext): Promise<string> {
  const output = `${file}.clean.tif`
  await context.core(async () => {
    const picture = sharp(file, { limitInputPixels: false }).toColourspace('b-w')
    const clean = await cleanedPicture(picture, dpi)
    await clean.toColourspace('b-w').tiff({ compression: 'none' }).toFile(output)
  })
  await rm(file)
  return output
}
