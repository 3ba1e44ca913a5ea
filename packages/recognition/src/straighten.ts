import type { EngineContext } from '@pdf-smaller/engines'
import sharp, { type Sharp } from 'sharp'
import { skewOf } from './skew.ts'

/** Pixels per inch at which a pixel more at the end of a line is some hundredths of a degree. */
const skewDpi = 150
/** Of text it was 1.75 or more, of photos below 1.55. */
const leastConfidence = 1.65
/** Degrees; less is not seen, and does not keep letters from being read. */
const leastSkew = 0.1

/**
 * How far the text of a picture has to be turned clockwise to lie straight, degrees to the hundredth; 0 where it does,
 * and where it is not sure.
 */
export async function skewOfPicture(file: string, dpi: number, context: EngineContext): Promise<number> {
  const scale = Math.min(1, skewDpi / dpi)
  return context.core(async () => {
    const picture = sharp(file, { limitInputPixels: false })
    const { width } = await picture.metadata()
    const { data, info } = await picture
      .resize({ width: Math.max(1, Math.round(width * scale)) })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const skew = skewOf({ samples: data, width: info.width, height: info.height })
    if (!skew || skew.confidence < leastConfidence || Math.abs(skew.degrees) < leastSkew) return 0
    return Math.round(skew.degrees * 100) / 100
  })
}

/** Turns a picture clockwise around its middle; it stays as large as it is, and is white where it had nothing. */
export async function straightened(picture: Sharp, degrees: number): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const raw = { width, height, channels }
  const turned = await sharp(data, { raw, limitInputPixels: false })
    .rotate(degrees, { background: 'white' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width: across, height: down } = turned.info
  return sharp(turned.data, {
    raw: { width: across, height: down, channels: turned.info.channels },
    limitInputPixels: false,
  }).extract({
    left: Math.round((across - width) / 2),
    top: Math.round((down - height) / 2),
    width,
    height,
  })
}
