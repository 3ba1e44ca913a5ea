import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { resized } from '../codec.ts'
import { openReading, type Reading } from './losses.ts'

/** A picture in a resolution in which marks can be told apart, and what is to be read in it, if that can be told. */
export type Legible = { page: Pixels; ppi: number; reading: Reading | undefined }

/** Below this resolution, pixels per inch, a point of small type is about a pixel. */
const finePpi = 250
/** A larger page would take more memory, doubled, than a worker has for one. */
const mostPixels = 80_000_000

/** Makes a picture legible: as it is, or doubled; undefined for one too large for that. */
export async function legible(picture: Pixels, ppi: number): Promise<Legible | undefined> {
  if (ppi >= finePpi) return { page: picture, ppi, reading: openReading(picture, ppi) }
  const [width, height] = [picture.width * 2, picture.height * 2]
  if (width * height > mostPixels) return undefined
  const page = await resized(picture, width, height)
  return { page, ppi: ppi * 2, reading: openReading(page, ppi * 2) }
}
