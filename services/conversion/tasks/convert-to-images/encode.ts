import sharp, { type Sharp } from 'sharp'
import type { Options } from './options.ts'

sharp.cache(false)
// Several pages are encoded at once.
sharp.concurrency(1)

/** Higher levels of PNG gain a twentieth in twice the time. */
const pngLevel = 3
/** Higher ones of WebP gain a tenth in three times the time. */
const webpEffort = 2

/** An image in a file; width and height in pixels, size in bytes. */
export type EncodedImage = { file: string; width: number; height: number; size: number }

/** Writes a picture in the format asked for, with the colours and the resolution that it has. */
export async function encode(
  picture: Sharp,
  output: string,
  { format, quality, colours }: Pick<Options, 'format' | 'quality' | 'colours'>,
): Promise<EncodedImage> {
  const image = colours === 'keep' ? picture : picture.toColourspace('b-w')
  const { width, height, size } = await formatted(image.keepMetadata()).toFile(output)
  return { file: output, width, height, size }

  function formatted(image: Sharp): Sharp {
    switch (format) {
      case 'png':
        return image.png({
          compressionLevel: pngLevel,
          // One bit a pixel.
          ...(colours === 'black-white' ? { palette: true, colours: 2, dither: 0 } : {}),
        })
      case 'jpeg':
        return image.jpeg({ quality })
      case 'webp':
        return image.webp({ quality, effort: webpEffort })
      default:
        return format satisfies never
    }
  }
}

/** A picture to be encoded; how large it may be was looked at before it was drawn. */
export const openPicture = (file: string): Sharp => sharp(file, { limitInputPixels: false })
