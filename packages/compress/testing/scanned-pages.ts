import sharp from 'sharp'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { scene } from './image-page.ts'

const side = 240

/** Pages that are filled by a picture each, as JPEG in a quality that leaves much to gain. */
export async function scannedPages(count: number): Promise<Buffer> {
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const kids = []
  for (let page = 0; page < count; page++) {
    const samples = Uint8Array.from(
      { length: side * side },
      (_, at) => 255 * scene((at % side) + page * 7, Math.floor(at / side), page),
    )
    const raw = { width: side, height: side, channels: 1 } as const
    const jpeg = await sharp(samples, { raw }).toColourspace('b-w').jpeg({ quality: 98 }).toBuffer()
    const picture = { Type: 'XObject', Subtype: 'Image', Width: side, Height: side }
    const form = { ColorSpace: 'DeviceGray', BitsPerComponent: 8, Filter: 'DCTDecode' }
    const I = writer.addStream({ ...picture, ...form }, jpeg, { compress: false })
    const Contents = writer.addStream({}, `${side} 0 0 ${side} 0 0 cm /I Do`)
    const own = { Type: 'Page', Parent: tree, MediaBox: [0, 0, side, side], Contents }
    kids.push(writer.add({ ...own, Resources: { XObject: { I } } }))
  }
  writer.set(tree, { Type: 'Pages', Count: count, Kids: kids })
  writer.set(root, { Type: 'Catalog', Pages: tree })
  return writer.save({ Root: root })
}
