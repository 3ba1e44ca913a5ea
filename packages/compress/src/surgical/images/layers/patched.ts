import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Legible } from '../reading/legible.ts'
import { boxesOf, type Losses } from '../reading/losses.ts'
import type { Layer, LayeredPage } from './layered.ts'
import { bytesOfPatches, patchesFor } from './patches.ts'

/** Patches take no more than this part of the picture under them: else one with more pixels is worth more. */
const mostPart = 0.2
const dictionaryBytes = 300

/**
 * A page as one picture, over which stands as it was what the picture loses: some dots do not cost a page its
 * resolution. Undefined where that is much.
 * @param paper the page as JPEG, and the structural similarity that it has lost
 */
export async function patchedPage(
  paper: Layer & { lost: number },
  picture: Pixels,
  { page }: Legible,
  losses: Losses,
): Promise<LayeredPage | undefined> {
  const patches = await patchesFor(boxesOf(losses), picture, page.width / picture.width)
  if (!patches || bytesOfPatches(patches) > paper.bytes.length * mostPart) return undefined
  const { lost } = paper
  const { width, height } = picture
  const bytes = paper.bytes.length + bytesOfPatches(patches) + dictionaryBytes
  return { whole: { width, height }, paper, front: undefined, patches, bytes, lost }
}
