import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { resized } from '../codec.ts'

/** Below this resolution, pixels per inch, a point of small type is about a pixel. */
const finePpi = 250
/** A larger page would take more memory, doubled, than a worker has for one. */
const mostPixels = 80_000_000

/** A page in a resolution in which marks can be told apart: as it is, or doubled; undefined for one too large for that. */
export async function finePage(
  page: Pixels,
  ppi: number,
): Promise<{ page: Pixels; ppi: number } | undefined> {
  if (ppi >= finePpi) return { page, ppi }
  const [width, height] = [page.width * 2, page.height * 2]
  if (width * height > mostPixels) return undefined
  return { page: await resized(page, width, height), ppi: ppi * 2 }
}
