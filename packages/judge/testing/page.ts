import { createDocument, type Page } from '@pdf-smaller/testing/pdf/document'
import type { PdfDictionary } from '@pdf-smaller/testing/pdf/values'

const sentence = 'The quick brown fox jumps over the lazy dog, and the judge looks whether it is still there.'

/** An A4 page of text, with something more on it. */
export function pageWith(draw: (page: Page) => void = () => {}): Buffer {
  const document = createDocument({ title: 'A page' })
  const page = document.page()
  for (let line = 0; line < 30; line++)
    page.text({ x: 60, y: 80 + line * 14 }, sentence, { font: 'Helvetica', size: 10 })
  draw(page)
  return document.save()
}

export type Rgb = readonly [number, number, number]

/** Such a page with an image below the text, of 100 × 80 pixels. */
export function pageWithImage(sample: (x: number, y: number) => Rgb): Buffer {
  const document = createDocument({ title: 'A picture' })
  const page = document.page()
  for (let line = 0; line < 30; line++)
    page.text({ x: 60, y: 80 + line * 14 }, sentence, { font: 'Helvetica', size: 10 })
  const [width, height] = [100, 80]
  const data = Buffer.from(
    Array.from({ length: width * height }, (_, at) => sample(at % width, Math.floor(at / width))).flat(),
  )
  const dictionary: PdfDictionary = {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace: 'DeviceRGB',
    BitsPerComponent: 8,
  }
  page.image(document.writer.addStream(dictionary, data), { x: 60, y: 560, width: 200, height: 160 })
  return document.save()
}
