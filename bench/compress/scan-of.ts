import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { createDocument, a4 } from '@pdf-smaller/testing/pdf/document'

const [width, height] = [2480, 3508]

/** Writes a scan of so many pages of A4 at 300 pixels per inch, about a megabyte each, no two alike. */
export async function writeScan(file: string, pages: number): Promise<void> {
  const document = createDocument({ title: 'A long scan' })
  const paper = await noisyPaper()
  for (let page = 1; page <= pages; page++) {
    const dictionary = { Type: 'XObject', Subtype: 'Image', Width: width, Height: height }
    const samples = { ColorSpace: 'DeviceRGB', BitsPerComponent: 8, Filter: 'DCTDecode' }
    const jpeg = await scannedPage(paper, page)
    const image = document.writer.addStream({ ...dictionary, ...samples }, jpeg, { compress: false })
    document.page().image(image, { x: 0, y: 0, ...a4 })
  }
  await writeFile(file, document.save())
}

const noisyPaper = (): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#fff',
      noise: { type: 'gaussian', mean: 244, sigma: 4 },
    },
  })
    .raw()
    .toBuffer()

async function scannedPage(paper: Buffer, page: number): Promise<Buffer> {
  const lines = Array.from({ length: 60 }, (_, line) => {
    const words = `Page ${page}, line ${line}: the quick brown fox jumps over ${page * line} lazy dogs, again and again.`
    return `<text x="250" y="${300 + line * 50}" font-size="38" font-family="sans-serif">${words}</text>`
  })
  const text = `<svg width="${width}" height="${height}">${lines.join('')}</svg>`
  return sharp(paper, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(text) }])
    .jpeg({ quality: 70 })
    .toBuffer()
}
