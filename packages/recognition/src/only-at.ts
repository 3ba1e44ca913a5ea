import type { EngineContext } from '@pdf-smaller/engines'
import type { Box } from '@pdf-smaller/text'
import sharp from 'sharp'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import type { ScaledPicture } from './measured.ts'

/** Around print stay points, commas and accents, of its height; frames that it stands in are further away. */
const [aside, above] = [0.4, 0.25]

/**
 * Makes a picture that shows a page at some places alone, and bare paper around them.
 * @param places in points
 * @returns the new file
 */
export async function onlyAt(
  places: readonly Box[],
  { file, dpi }: ScaledPicture,
  context: EngineContext,
): Promise<string> {
  const output = `${file}.places.tif`
  await context.core(async () => {
    const { data, info } = await sharp(file, { limitInputPixels: false })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const page = { samples: data, width: info.width, height: info.height }
    const paper = new Uint8Array(data.length).fill(paperOf(data))
    for (const place of places) copyPlace(page, paper, place, dpi / 72)
    await sharp(paper, {
      raw: { width: page.width, height: page.height, channels: 1 },
      limitInputPixels: false,
    })
      .toColourspace('b-w')
      .tiff({ compression: 'none' })
      .toFile(output)
  })
  return output
}

function copyPlace({ samples, width, height }: Plane, to: Uint8Array, place: Box, pixels: number): void {
  const [left, top, right, bottom] = place
  const [across, up] = [(bottom - top) * aside, (bottom - top) * above]
  const from = Math.max(0, Math.floor((left - across) * pixels))
  const end = Math.min(width, Math.ceil((right + across) * pixels))
  const last = Math.min(height, Math.ceil((bottom + up) * pixels))
  for (let y = Math.max(0, Math.floor((top - up) * pixels)); y < last; y++)
    to.set(samples.subarray(y * width + from, y * width + end), y * width + from)
}

/** The shade that most of a page has: half of it is lighter. */
function paperOf(samples: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const shade of samples) counts[shade] = (counts[shade] ?? 0) + 1
  let sum = 0
  return counts.findIndex((count) => (sum += count) * 2 >= samples.length)
}
