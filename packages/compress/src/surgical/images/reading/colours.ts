import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { scaled } from '@pdf-smaller/pictures/scale'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { lostTiles, openTiles } from './tiles.ts'

/** The colours of an image without its lightness: red less green and blue less green, as pairs around 128. */
export type Chroma = { width: number; samples: Uint8Array }

/** Pixels per inch of the views that are compared. */
const viewPpi = 100
/** Noise of the sensor has colours too. */
const grain = 3
/** By how much the halved difference of two channels may move, in levels. */
const mostMoved = 20

/** The colours of an image in the size of a view of it; undefined for grey. */
export function chromaOf(
  { width, height, channels, samples }: Pixels,
  view: { width: number; height: number },
): Chroma | undefined {
  if (channels === 1) return undefined
  const planes = [0, 2].map((channel): Plane => {
    const plane = new Uint8Array(width * height)
    for (let at = 0, pixel = 0; pixel < plane.length; pixel++, at += 3)
      plane[pixel] = 128 + (((samples[at + channel] ?? 0) - (samples[at + 1] ?? 0)) >> 1)
    return scaled({ width, height, samples: plane }, view.width, view.height)
  })
  const pairs = new Uint8Array(view.width * view.height * 2)
  for (const [channel, plane] of planes.entries())
    for (let pixel = 0; pixel < plane.samples.length; pixel++)
      pairs[pixel * 2 + channel] = plane.samples[pixel] ?? 0
  return { width: view.width, samples: pairs }
}

/** Whether a tile has lost its colour, or the differences of colour within. */
export function losesColours(before: Chroma, after: Chroma | undefined): boolean {
  if (!after) return false
  const limits = { channels: 2, grain, mostColour: mostMoved }
  return lostTiles(momentsOf(before), momentsOf(after), limits).length > 0
}

function momentsOf({ width, samples }: Chroma): readonly number[] {
  const tiles = openTiles({ width, channels: 2, ppi: viewPpi, rowStep: 1 })
  const row = width * 2
  for (let at = 0; at + row <= samples.length; at += row) tiles.add(samples.subarray(at, at + row))
  return tiles.moments()
}
