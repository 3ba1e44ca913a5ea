import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { resized } from '../codec.ts'
import { type DrawnRows, enlargedRows } from './drawn-rows.ts'
import { faintMarksOf } from './faint-marks.ts'
import type { FoundMarks } from './marks.ts'
import { openReading, type Reading } from './losses.ts'

/** A picture in a resolution in which marks can be told apart. */
export type FinePage = {
  page: Pixels
  /** Its lightness. */
  luma: Plane
  ppi: number
  /** Its marks that are too faint to be told pixel by pixel. */
  faint: FoundMarks
}

export type Legible = FinePage & {
  /** Undefined where it can't be told what is to be read. */
  reading: Reading | undefined
  /** Another form of the picture, drawn in the size of the page as the picture was. */
  drawn: (form: Pixels) => Promise<DrawnRows>
}

/** Below this resolution, pixels per inch, a point of small type is about a pixel; beyond the other, none needs so many. */
const [finePpi, mostPpi] = [240, 450]
/** What other pictures are brought to; enlarged no further than twice. */
const [usualPpi, mostTimes] = [300, 2]
/** A larger page would take more memory, doubled, than a worker has for one. */
const mostPixels = 80_000_000

/** A picture as it is, enlarged, or reduced where it has far more pixels than that takes; undefined for one too large for that. */
export async function finePageOf(picture: Pixels, ppi: number): Promise<FinePage | undefined> {
  const isFine = ppi >= finePpi && ppi <= mostPpi
  const times = isFine ? 1 : Math.min(mostTimes, usualPpi / ppi)
  const [width, height] = [Math.round(picture.width * times), Math.round(picture.height * times)]
  if (width * height > mostPixels) return undefined
  const page = isFine ? picture : await resized(picture, width, height)
  const luma = lumaOf(page)
  return { page, luma, ppi: ppi * times, faint: faintMarksOf(page, luma, ppi * times) }
}

/** Whether a picture had too few pixels for its marks to be told apart. */
export const isEnlarged = ({ page }: FinePage, picture: Pixels): boolean => page.width > picture.width

/** Makes a picture legible; undefined for one too large for that. */
export async function legible(picture: Pixels, ppi: number): Promise<Legible | undefined> {
  const fine = await finePageOf(picture, ppi)
  if (!fine) return undefined
  const { page, luma, faint } = fine
  const { width, height } = page
  return {
    ...fine,
    reading: openReading(page, luma, fine.ppi, faint),
    // What is sharper for another way of drawing keeps nothing more.
    drawn: async (form) =>
      enlargedRows(page === picture ? form : await resized(form, width, height), width, height),
  }
}
