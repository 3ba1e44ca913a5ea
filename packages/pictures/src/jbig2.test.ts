import { expect, it } from 'vitest'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { type Bitmap, rowBytes } from './bitmap.ts'
import { encodeJbig2 } from './jbig2.ts'
import { readPnm } from './pnm.ts'

/** A document with a bitmap on its page, in the form that is to be tested. */
function documentOf({ width, height }: Bitmap, jbig2: Buffer): Buffer {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const image = writer.addStream(
    {
      Type: 'XObject',
      Subtype: 'Image',
      Width: width,
      Height: height,
      BitsPerComponent: 1,
      ColorSpace: 'DeviceGray',
      Filter: 'JBIG2Decode',
    },
    jbig2,
    { compress: false },
  )
  const Contents = writer.addStream({}, `${width} 0 0 ${height} 0 0 cm /I Do`)
  const Resources = { XObject: { I: image } }
  const page = writer.add({
    Type: 'Page',
    Parent: tree,
    MediaBox: [0, 0, width, height],
    Contents,
    Resources,
  })
  writer.set(tree, { Type: 'Pages', Count: 1, Kids: [page] })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}

/** Decodes with Poppler, which knows nothing of this encoder. */
async function decoded(bitmap: Bitmap): Promise<Bitmap> {
  const script = 'pdfimages "$0" image && base64 -w0 image-000.pbm'
  const pbm = await run(documentOf(bitmap, encodeJbig2(bitmap)), 'sh', ['-c', script, '{}'])
  const image = readPnm(Buffer.from(pbm, 'base64'))
  if (!('bits' in image)) throw new Error('Poppler gave no bitmap')
  return image
}

/** A bitmap in which a pixel is black where the rule says so. */
function bitmapOf(width: number, height: number, isBlack: (x: number, y: number) => boolean): Bitmap {
  const bits = new Uint8Array(rowBytes(width) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * rowBytes(width) + (x >> 3)
      if (isBlack(x, y)) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return { width, height, bits }
}

const noise = (x: number, y: number) => ((Math.imul(x * 7919 + y * 104_729, 2_654_435_761) >>> 7) & 3) === 0

it.each([
  ['white', 33, 20, () => false],
  ['black', 64, 9, () => true],
  ['one pixel', 1, 1, () => true],
  ['stripes, with rows that repeat', 100, 80, (x: number, y: number) => (y >> 3) % 2 === 0 && x > 5],
  ['a disc', 301, 200, (x: number, y: number) => (x - 150) ** 2 + (y - 100) ** 2 < 8000],
  ['noise', 257, 131, noise],
] as const)('codes %s so that it is decoded bit by bit', async (_, width, height, isBlack) => {
  const bitmap = bitmapOf(width, height, isBlack)
  expect(await decoded(bitmap)).toEqual({ ...bitmap, bits: Buffer.from(bitmap.bits) })
})

it('packs what repeats into next to nothing', () => {
  expect(encodeJbig2(bitmapOf(2480, 3508, (x) => x % 8 < 4)).length).toBeLessThan(2500)
})
