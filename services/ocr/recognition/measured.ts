import type { EngineContext } from '@pdf-smaller/engines'
import sharp from 'sharp'
import { type Shape, shapesOf } from './shapes.ts'

/** Print is looked at with so many pixels per inch. */
const usualDpi = 150
/** Pixels that are looked at; sheets larger than A2 are looked at coarser. */
const mostPixels = 12e6

/** A picture of a page, and at how many pixels per inch it is. */
export type ScaledPicture = { file: string; dpi: number }

/** What hangs together on a page; all sizes are in pixels, of which there are so many per inch. */
export type Measured = { shapes: Shape[]; width: number; height: number; dpi: number }

/** Finds the shapes of a page. */
export function measured({ file, dpi }: ScaledPicture, context: EngineContext): Promise<Measured> {
  return context.core(async () => {
    const picture = sharp(file, { limitInputPixels: false })
    const { width, height } = await picture.metadata()
    const inches = (width * height) / dpi ** 2
    const to = Math.min(usualDpi, Math.sqrt(mostPixels / inches))
    const { data, info } = await picture
      .resize(Math.max(1, Math.round((width * to) / dpi)))
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const size = { width: info.width, height: info.height }
    return { shapes: shapesOf({ data, ...size }), ...size, dpi: to }
  })
}
