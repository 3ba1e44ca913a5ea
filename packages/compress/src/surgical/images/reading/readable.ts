import { percentile } from '@pdf-smaller/pictures/percentile'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import { decodeJpeg } from '../codec.ts'
import { enlargedRows } from './drawn-rows.ts'
import { finePage } from './fine-page.ts'
import { isWhole, type LossLimits, lossesOf } from './losses.ts'

/** Paper is that light at least, and so much of the picture is at most so much darker. */
const [leastLight, leastPaper, shadow] = [130, 0.55, 0.85]
const [paperPart, step] = [0.9, 7]

/** Whether a picture is text or a drawing on paper, and no photograph: most of it is as light as its paper. */
export function isOnPaper(picture: Pixels): boolean {
  const { samples } = lumaOf(picture)
  const paper = percentile(samples, paperPart, 0, step)
  return paper >= leastLight && percentile(samples, 1 - leastPaper, 0, step) >= paper * shadow
}

/** Whether everything that a reader reads in a picture of text is still there in its new form, a JPEG of any size. */
export async function isReadable(
  picture: Pixels,
  ppi: number,
  jpeg: Uint8Array,
  limits: LossLimits,
): Promise<boolean> {
  const fine = await finePage(picture, ppi)
  if (!fine) return true
  const { page } = fine
  const small = await decodeJpeg(jpeg, page.channels, page.width * page.height)
  const drawn = enlargedRows(small, page.width, page.height)
  return isWhole(lossesOf(page, fine.ppi, drawn, limits))
}
