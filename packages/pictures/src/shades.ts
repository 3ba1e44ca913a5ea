import { percentile } from './percentile.ts'
import { lumaOf, type Pixels } from './pixels.ts'
import type { Plane } from './ssim.ts'

/** What is darker than a part of the paper's white is ink, what is lighter is paper, if it has no colour of its own. */
const [inkPart, paperPart] = [0.3, 0.62]
/** Channels that differ by more of 255 levels than those of the paper make a colour. */
const mostTint = 48
/** The part of the samples that is at most as light as the paper. */
const whitePart = 0.95
const leastWhite = 128
/** Writing covers less of an image by far, in shades and in ink. */
const [mostShades, mostInk] = [0.3, 0.5]

/** The paper's white, where an image has shades that are neither paper nor ink (255, else 0), and how much of it they cover. */
export type Shades = { white: number; shades: Plane; isPicture: boolean }

/** Tells the shades of an image from paper and ink; an image with many of them is a picture. */
export function shadesOf(image: Pixels): Shades {
  const { width, height, channels, samples } = image
  const luma = lumaOf(image).samples
  const white = whiteOf(luma, 0, 1)
  const whites = channels === 1 ? [] : [0, 1, 2].map((channel) => whiteOf(samples, channel, channels))
  const shades = new Uint8Array(luma.length)
  let [shaded, inked] = [0, 0]
  for (const [at, value] of luma.entries()) {
    if (value < inkPart * white) inked++
    else if (value < paperPart * white || tintAt(samples, at * channels, whites) > mostTint) {
      shades[at] = 255
      shaded++
    }
  }
  const isPicture = shaded > mostShades * luma.length || inked > mostInk * luma.length
  return { white, shades: { width, height, samples: shades }, isPicture }
}

/** How far the channels of a sample are apart, as parts of the paper's own. */
function tintAt(samples: Uint8Array, at: number, whites: readonly number[]): number {
  let [least, most] = [Infinity, 0]
  for (const [channel, white] of whites.entries()) {
    const value = ((samples[at + channel] ?? 0) * 255) / white
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return most - least
}

const whiteOf = (samples: Uint8Array, first: number, step: number): number =>
  Math.max(leastWhite, percentile(samples, whitePart, first, step))
