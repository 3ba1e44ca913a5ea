import sharp from 'sharp'
import { seeded } from '@pdf-smaller/testing/pdf/random'

/** How a scan is dirty. */
export type Dirt = 'specks' | 'border' | 'shadow'

/** A page as a bad scanner sees it, in shades of grey: on dusty glass, with a dark lid around it, lit from one side. */
export async function dirty(page: Buffer, dirt: readonly Dirt[]): Promise<Buffer> {
  const { data, info } = await sharp(page).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const next = seeded(7)
  const set = (x: number, y: number, shade: number) => {
    if (x >= 0 && y >= 0 && x < width && y < height) data[y * width + x] = shade
  }
  if (dirt.includes('shadow'))
    for (const [at, shade] of data.entries())
      data[at] = shade * (0.95 - 0.45 * ((at % width) / width) - 0.1 * (at / width / height))
  if (dirt.includes('specks'))
    for (let count = 0; count < (width * height) / 900; count++) {
      const [x, y] = [Math.floor(next() * width), Math.floor(next() * height)]
      set(x, y, 20)
      if (next() < 0.5) set(x + 1, y, 40)
      if (next() < 0.3) set(x, y + 1, 40)
    }
  if (dirt.includes('border')) {
    const [across, down] = [width * 0.03, height * 0.02]
    for (const at of data.keys()) {
      const [x, y] = [at % width, Math.floor(at / width)]
      if (x < across + y / 200 || y < down || x > width - across / 2) data[at] = 15 + next() * 20
    }
  }
  return await sharp(data, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer()
}
