import { type Bitmap, blackAt, rowBytes } from '@pdf-smaller/pictures/bitmap'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import { scaled } from '@pdf-smaller/pictures/scale'
import { type Plane, planeSimilarity } from '@pdf-smaller/pictures/ssim'
import { decodeJpeg } from '../codec.ts'
import { viewPpi } from '../trial.ts'

/** The structural similarity that a page loses in layers, seen at the same size as other encodings are, 0 to 1. */
export async function lostIn(
  page: Pixels,
  ppi: number,
  { paper, ink, mask }: { paper: Uint8Array; ink: Uint8Array; mask: Bitmap },
): Promise<number> {
  const [width = 8, height = 8] = [page.width, page.height].map((side) =>
    Math.max(8, Math.round((side * viewPpi) / ppi)),
  )
  const view = (plane: Plane) => scaled(plane, width, height)
  const shown = async (jpeg: Uint8Array) =>
    view(lumaOf(await decodeJpeg(jpeg, page.channels, page.width * page.height)))
  const [behind, front] = await Promise.all([shown(paper), shown(ink)])
  const covered = view(planeOf(mask))
  const samples = covered.samples.map((part, at) => {
    const [under = 0, over = 0] = [behind.samples[at], front.samples[at]]
    return under + ((over - under) * part) / 255
  })
  return 1 - planeSimilarity(view(lumaOf(page)), { width, height, samples })
}

/** A mask as shades: 255 where it is 1. */
function planeOf({ width, height, bits }: Bitmap): Plane {
  const samples = new Uint8Array(width * height)
  const row = rowBytes(width)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) samples[y * width + x] = blackAt(bits, y * row, x) * 255
  }
  return { width, height, samples }
}
