import { JobFailure } from '@pdf-smaller/contracts'
import sharp, { type Sharp } from 'sharp'
import { mostPictureBytes } from './protocol.ts'

sharp.cache(false)
sharp.concurrency(1)

/** What text and edges keep looking like; higher efforts gain a tenth in three times the time. */
const [quality, effort] = [88, 2]
/** The longest side that WebP has. */
const longestSide = 16_383

/** @throws JobFailure too_large: no picture of a page is that large, unless it was made to be */
export async function webp(picture: Sharp): Promise<Buffer> {
  const bytes = await picture.webp({ quality, effort }).toBuffer()
  if (bytes.length > mostPictureBytes) throw new JobFailure('too_large', 'the picture of the page')
  return bytes
}

/** How many pixels across a picture may have, of those that are asked for, so that it has not too many in all. */
export function mostAcross(
  width: number,
  [across, down]: readonly [number, number],
  mostPixels: number,
): number {
  const proportion = down / across
  return Math.max(
    1,
    Math.floor(Math.min(width, Math.sqrt((0.99 * mostPixels) / proportion), longestSide / proportion)),
  )
}
