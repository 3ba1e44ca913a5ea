import type { EngineContext } from '@pdf-smaller/engines'
import sharp from 'sharp'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { inkBoundOf, type Shape, shapesOf } from './shapes.ts'

/** Print is looked at with so many pixels per inch. */
const usualDpi = 150
/** Pixels that are looked at; sheets larger than A2 are looked at coarser. */
const mostPixels = 12e6

/** A picture of a page, and at how many pixels per inch it is. */
export type ScaledPicture = { file: string; dpi: number }

/** A page as print is looked for on it: in shades of grey, with so many pixels per inch, and what of its ink hangs together. */
export type Measured = { gray: Plane; dpi: number; inkBound: number; shapes: Shape[] }

export function measuredOf(gray: Plane, dpi: number): Measured {
  const inkBound = inkBoundOf(gray.samples)
  return { gray, dpi, inkBound, shapes: shapesOf(gray, inkBound) }
}

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
    return measuredOf({ samples: data, width: info.width, height: info.height }, to)
  })
}
