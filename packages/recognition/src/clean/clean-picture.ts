import sharp, { type Sharp } from 'sharp'
import { cleanInThread } from './in-thread.ts'

/** A picture without the traces of scanning, in its own colours or shades. */
export async function cleanedPicture(picture: Sharp, dpi: number): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const { data: clean } = await cleanInThread({ picture: { data, width, height, channels }, dpi })
  return sharp(clean, { raw: { width, height, channels }, limitInputPixels: false })
}
