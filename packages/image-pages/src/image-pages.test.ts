import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { writeImagePages } from './index.ts'

/** A grey slope with a black bar, 600 × 400 pixels. */
const picture = () => {
  const shades = Buffer.from(
    Array.from({ length: 600 * 400 }, (_, at) => (at % 600 < 60 ? 0 : (at % 600) % 256)),
  )
  return sharp(shades, { raw: { width: 600, height: 400, channels: 1 } })
}

async function documentOf(
  files: Record<string, Buffer>,
  unsaid: 'screen' | 'paper' = 'paper',
): Promise<Buffer> {
  await using test = await engineContext()
  const images = Object.keys(files).map((name) => ({ name, path: path.join(test.folder, name) }))
  for (const image of images) await writeFile(image.path, files[image.name] ?? '')
  const output = path.join(test.folder, 'out.pdf')
  await writeImagePages(images, output, test.context, { unsaid })
  const bytes = await readFile(output)
  await qpdfCheck(bytes)
  return bytes
}

const imagesOf = (pdf: Buffer) => run(pdf, 'pdfimages', ['-list', '{}'])
const pagesOf = async (pdf: Buffer) =>
  [...(await run(pdf, 'pdfinfo', ['-l', '-1', '{}'])).matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+)/g)].map(
    ([, width, height]) => [Number(width), Number(height)],
  )
/** The shades of an image of a document as they are unpacked. */
const shadesOf = async (pdf: Buffer) => {
  const found = await run(pdf, 'sh', ['-c', 'pdfimages -png "$0" i && base64 -w0 i-000.png', '{}'])
  return await sharp(Buffer.from(found, 'base64')).toColourspace('b-w').raw().toBuffer()
}

describe('pages of images', () => {
  it('hold the bytes of JPEG and PNG as they are', async () => {
    const jpeg = await picture().withMetadata({ density: 200 }).jpeg().toBuffer()
    const png = await picture().toColourspace('b-w').png().toBuffer()
    const pdf = await documentOf({ 'a.jpg': jpeg, 'b.png': png })
    expect(pdf.includes(jpeg)).toBe(true)
    const data = png.indexOf('IDAT')
    expect(pdf.includes(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)))).toBe(true)
    expect(await pagesOf(pdf)).toEqual([
      [216, 144],
      [288, 192],
    ])
  })

  it('are one for each page of a TIFF, and black and white ones stay that', async () => {
    const bitonal = picture().threshold(128)
    const one = await bitonal
      .clone()
      .toColourspace('b-w')
      .tiff({ bitdepth: 1, compression: 'ccittfax4' })
      .toBuffer()
    const pdf = await documentOf({ 'a.tif': one })
    expect(await imagesOf(pdf)).toMatch(/image +600 +400 +gray +1 +1 +image/)
    expect((await shadesOf(pdf)).equals(await bitonal.clone().toColourspace('b-w').raw().toBuffer())).toBe(
      true,
    )
    const frames = await sharp(
      [await picture().png().toBuffer(), await picture().negate().png().toBuffer()],
      {
        join: { animated: true },
      },
    )
      .tiff()
      .toBuffer()
    expect(await pagesOf(await documentOf({ 'b.tif': frames, 'c.tif': one }))).toHaveLength(3)
  })

  it('lose nothing of WebP and 16 bits, and stand as their orientation says', async () => {
    const webp = await picture().webp({ lossless: true }).toBuffer()
    expect(
      (await shadesOf(await documentOf({ 'a.webp': webp }))).equals(
        await picture().toColourspace('b-w').raw().toBuffer(),
      ),
    ).toBe(true)
    expect(
      await imagesOf(await documentOf({ 'a.tif': await picture().toColourspace('b-w').tiff().toBuffer() })),
    ).toMatch(/gray +1 +8/)
    const turned = await picture().withMetadata({ orientation: 6, density: 100 }).webp().toBuffer()
    expect(await pagesOf(await documentOf({ 'a.webp': turned }, 'screen'))).toEqual([
      [300, 450].map(() => expect.any(Number)),
    ])
    const deep = await picture().toColourspace('grey16').png().toBuffer()
    expect(await imagesOf(await documentOf({ 'a.png': deep }))).toMatch(/gray +1 +16/)
  })

  it('are as large as a sheet where the image does not say', async () => {
    const photo = await sharp({ create: { width: 3000, height: 4000, channels: 3, background: '#999' } })
      .withMetadata({ density: 72 })
      .jpeg()
      .toBuffer()
    const [paper] = await pagesOf(await documentOf({ 'a.jpg': photo }, 'paper'))
    expect(paper?.map(Math.round)).toEqual([631, 842])
    const [screen] = await pagesOf(await documentOf({ 'a.jpg': photo }, 'screen'))
    expect(screen).toEqual([3000, 4000])
  })

  it.each([
    ['cut off', async () => (await picture().jpeg().toBuffer()).subarray(0, 900)],
    ['cut off, too', async () => (await picture().toColourspace('b-w').png().toBuffer()).subarray(0, 700)],
    ['no image', async () => Buffer.from('II*\0 but nothing else')],
  ])('are not made of what is %s, and the image is named', async (_, bytes) => {
    const files = { 'good.png': await picture().png().toBuffer(), 'bad.bin': await bytes() }
    await expect(documentOf(files)).rejects.toMatchObject({
      code: 'damaged_image',
      message: expect.stringContaining('bad.bin'),
    })
  })

  it('are not made of what unpacks to too much', async () => {
    const shades = { create: { width: 21_000, height: 20_000, channels: 3, background: '#fff' } } as const
    const large = await sharp({ ...shades, limitInputPixels: false })
      .png({ compressionLevel: 1 })
      .toBuffer()
    await expect(documentOf({ 'large.png': large })).rejects.toMatchObject({
      code: 'too_many_pixels',
      message: expect.stringContaining('large.png'),
    })
  })
})
