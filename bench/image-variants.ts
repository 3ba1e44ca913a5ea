import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { drawPages } from '@pdf-smaller/engines'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'

/** How the same page may have been scanned: resolution, JPEG quality (0: samples under Flate), colour. */
type Variant = { ppi: number; quality: number; channels: 1 | 3 }

const variants: Variant[] = [
  { ppi: 300, quality: 60, channels: 3 },
  { ppi: 200, quality: 75, channels: 3 },
  { ppi: 300, quality: 90, channels: 1 },
  { ppi: 150, quality: 85, channels: 3 },
  { ppi: 200, quality: 0, channels: 3 },
  { ppi: 100, quality: 70, channels: 3 },
]

/** Writes scans of the first page of each document into `folder`, of each in every variant. */
export async function imageVariants(files: readonly string[], folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const made: string[] = []
  for (const file of files) {
    for (const variant of variants) {
      const { ppi, quality, channels } = variant
      const scan = path.join(folder, `${path.basename(file, '.pdf')}-${ppi}-${quality}-${channels}.pdf`)
      if (!(await stat(scan).catch(() => undefined))) await writeFile(scan, await scanOf(file, variant))
      made.push(scan)
    }
  }
  return made
}

/** Inches; what the page is drawn on. */
const longestSide = 11

async function scanOf(file: string, { ppi, quality, channels }: Variant): Promise<Buffer> {
  await using test = await engineContext()
  const range = { first: 1, last: 1, longestSide: longestSide * ppi }
  const [page] = await drawPages(file, path.join(test.folder, 'page'), test.context, range)
  const { data, width, height } = samplesOf(await readFile(page?.file ?? ''))
  const drawn = sharp(data, { raw: { width, height, channels: 3 } }).toColourspace(
    channels === 1 ? 'b-w' : 'srgb',
  )
  const image = await (quality > 0 ? drawn.jpeg({ quality }) : drawn.raw()).toBuffer()
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const picture = {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    ColorSpace: channels === 1 ? 'DeviceGray' : 'DeviceRGB',
    ...(quality > 0 ? { Filter: 'DCTDecode' } : {}),
  }
  const I = writer.addStream(picture, image, { compress: quality === 0 })
  const [right, top] = [(width / ppi) * 72, (height / ppi) * 72]
  const Contents = writer.addStream({}, `q ${right} 0 0 ${top} 0 0 cm /I Do Q`)
  const Resources = { XObject: { I } }
  writer.set(tree, {
    Type: 'Pages',
    Count: 1,
    Kids: [writer.add({ Type: 'Page', Parent: tree, MediaBox: [0, 0, right, top], Contents, Resources })],
  })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}

/** The samples of a PPM. */
function samplesOf(ppm: Buffer) {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 64))
  if (!head) throw new Error('this is no PPM')
  return { data: ppm.subarray(head[0].length), width: Number(head[1]), height: Number(head[2]) }
}
