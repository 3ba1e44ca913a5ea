import type { Plane } from '@pdf-smaller/pictures/ssim'
import { whitenBorders } from './dark-borders.ts'
import { evenGround } from './even-ground.ts'
import { specksOf } from './specks.ts'

/** A picture of one channel or three, a byte each. */
export type Raster = { data: Uint8Array; width: number; height: number; channels: number }

/** A picture without the dark borders, the shadows and the specks that come from scanning. */
export function cleaned(picture: Raster, dpi: number): Raster {
  const { width, height, channels } = picture
  const planes = planesOf(picture).map((plane) => {
    const evened = evenGround(plane, dpi)
    whitenBorders(plane, evened, dpi)
    return evened
  })
  const data = new Uint8Array(width * height * channels)
  for (const [channel, plane] of planes.entries())
    for (let at = 0; at < width * height; at++) data[at * channels + channel] = plane.samples[at] ?? 0
  for (const at of specksOf(darkest(planes), dpi)) data.fill(255, at * channels, (at + 1) * channels)
  return { data, width, height, channels }
}

function planesOf({ data, width, height, channels }: Raster): Plane[] {
  if (channels === 1) return [{ samples: data, width, height }]
  return Array.from({ length: channels }, (_, channel) => {
    const plane = new Uint8Array(width * height)
    for (let at = 0; at < plane.length; at++) plane[at] = data[at * channels + channel] ?? 0
    return { samples: plane, width, height }
  })
}

/** Ink of any colour is dark in one of the channels. */
function darkest([first, ...others]: readonly Plane[]): Plane {
  if (!first) throw new Error('a picture has a channel')
  const samples = Uint8Array.from(first.samples)
  for (const other of others)
    for (let at = 0; at < samples.length; at++)
      samples[at] = Math.min(samples[at] ?? 0, other.samples[at] ?? 0)
  return { ...first, samples }
}
