import { readPdf } from '@pdf-smaller/pdf'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { type DrawnPage, pdfium, poppler } from '@pdf-smaller/testing/pdf/drawn'
import type { PdfWriter } from '@pdf-smaller/testing/pdf/writer'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import {
  flate,
  height,
  image,
  type Made,
  pageWith,
  samples,
  scene,
  width,
} from '../../../testing/image-page.ts'
import { rewritten } from '../../../testing/rewritten.ts'

/** What a soft round mask lets through, 0 to 1: nothing outside. */
const disc = (x: number, y: number) => Math.min(1, Math.max(0, 1.4 - Math.hypot(x - 160, y - 120) / 80))
const grey = (x: number, y: number, channel: number) => 0.3 + scene(x, y, channel) / 2

const maskOf = (writer: PdfWriter, more: object) =>
  writer.addStream(
    {
      Type: 'XObject',
      Subtype: 'Image',
      Width: width,
      Height: height,
      ColorSpace: 'DeviceGray',
      BitsPerComponent: 8,
      ...more,
    },
    samples(1, 8, disc),
  )

/** A picture that is mixed with its mask over a colour, as word processors write it. */
const mixed =
  (matte: readonly [number, number, number]) =>
  (writer: PdfWriter): Made => {
    const over = (x: number, y: number, channel: number) => {
      const ground = matte[channel] ?? 0
      return ground + (grey(x, y, channel) - ground) * disc(x, y)
    }
    return flate(image('DeviceRGB', 8, samples(3, 8, over), { SMask: maskOf(writer, { Matte: [...matte] }) }))
  }

async function imagesIn(pdf: Buffer) {
  await using test = await engineContext()
  const file = path.join(test.folder, 'a.pdf')
  await writeFile(file, pdf)
  const { objects } = await readPdf(file, test.context)
  const images = [...objects.all.values()].flatMap((each) => ('value' in each ? [] : [each.dictionary]))
  return images.filter((each) => each['/Subtype'] === '/Image')
}

function meanDifference(before: DrawnPage, after: DrawnPage): number {
  const sum = before.samples.reduce((all, each, at) => all + Math.abs(each - (after.samples[at] ?? 0)), 0)
  return sum / before.samples.length
}

it.each([
  { matte: [0, 0, 0] as const, level: 'medium' },
  { matte: [1, 0.5, 0.2] as const, level: 'high' },
])(
  'takes a picture apart from the mask it is mixed with over $matte, and it looks the same',
  async ({ matte, level }) => {
    const pdf = await pageWith(mixed(matte))
    const { output } = await rewritten(pdf, { level })
    expect(JSON.stringify(await imagesIn(pdf))).toContain('/Matte')
    expect(JSON.stringify(await imagesIn(output))).not.toContain('/Matte')
    expect(output.length).toBeLessThan(pdf.length * 0.6)
    for (const { draw } of [poppler, pdfium])
      expect(meanDifference(await draw(pdf), await draw(output))).toBeLessThan(1.5)
  },
)

it('leaves a picture mixed whose mask has another size, which no two renderers draw alike', async () => {
  const pdf = await pageWith((writer) => {
    const SMask = maskOf(writer, { Width: width * 2, Height: height / 2, Matte: [0, 0, 0] })
    return flate(image('DeviceRGB', 8, samples(3, 8), { SMask }))
  })
  const { output } = await rewritten(pdf, { level: 'high' })
  expect(JSON.stringify(await imagesIn(output))).toContain('/Matte')
})

it('brings a mask down to the pixels per inch at which its picture is seen', async () => {
  const [across, down] = [width * 4, height * 4]
  const data = Buffer.from(
    Array.from(
      { length: across * down },
      (_, at) => 255 * disc((at % across) / 4, Math.floor(at / across) / 4),
    ),
  )
  const pdf = await pageWith((writer) => {
    const grey = { Type: 'XObject', Subtype: 'Image', ColorSpace: 'DeviceGray', BitsPerComponent: 8 }
    const SMask = writer.addStream({ ...grey, Width: across, Height: down }, data)
    return flate(image('DeviceRGB', 8, samples(3, 8), { SMask }))
  })
  const { output } = await rewritten(pdf, { level: 'high' })
  const widths = (await imagesIn(output)).map((each) => Number(each['/Width']))
  // 461 pixels per inch of the mask, 115 of the picture.
  expect(Math.max(...widths)).toBeLessThan(across / 2)
  for (const { draw } of [poppler, pdfium])
    expect(meanDifference(await draw(pdf), await draw(output))).toBeLessThan(1.5)
})
