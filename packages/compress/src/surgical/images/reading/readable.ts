import { percentile } from '@pdf-smaller/pictures/percentile'
import { lumaAt, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { Legible } from './legible.ts'
import type { Losses, LossLimits } from './losses.ts'

/** Paper is that light at least, and so much of the picture is at most so much darker. */
const [leastLight, leastPaper, shadow] = [130, 0.55, 0.85]
const [paperPart, step] = [0.9, 7]

/** Whether a picture is text or a drawing on paper, and no photograph: most of it is as light as its paper. */
export function isOnPaper(picture: Pixels): boolean {
  const sampled = new Uint8Array(Math.floor((picture.width * picture.height) / step))
  for (let at = 0; at < sampled.length; at++) sampled[at] = lumaAt(picture, at * step)
  const paper = percentile(sampled, paperPart)
  return paper >= leastLight && percentile(sampled, 1 - leastPaper) >= paper * shadow
}

/** What a reader misses in a new form of a picture, of any size; undefined where it can't be told. */
export const lossesIn = async (
  { reading, drawn }: Legible,
  form: Pixels,
  limits: LossLimits,
): Promise<Losses | undefined> => reading?.(await drawn(form), limits)
