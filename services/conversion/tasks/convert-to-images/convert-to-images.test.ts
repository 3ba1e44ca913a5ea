import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { run } from '@pdf-smaller/testing/pdf/inspect'
import { hugePage, manyPages, textPages, truncated } from '@pdf-smaller/testing/pdf/odd-files'
import { signedLooking } from '@pdf-smaller/testing/pdf/signed'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { oddPage, oddPages } from '../../testing/pages.ts'
import { unzip } from '../../testing/unzip.ts'
import { ImageEntry } from './result.ts'
import { convertToImages } from './task.ts'

const root = path.join(import.meta.dirname, '../../../..')
const corpus = path.join(root, '../shared/corpus')
const example = (name: string) => readFile(path.join(root, 'examples', name))
const Manifest = z.strictObject({ images: z.array(ImageEntry) })

/** Converts a file named doc.pdf, and looks whether the images are what the manifest says. */
async function convert(pdf: Buffer, options: object = {}) {
  const { result, outputs } = await runTask(convertToImages, [{ name: 'doc.pdf', bytes: pdf }], options)
  const [output] = outputs
  if (!output || outputs.length !== 1) throw new Error('there is more or less than one output')
  if (output.contentType !== 'application/zip')
    return { result, images: [output.bytes], names: [output.name], output }
  const files = await unzip(output.bytes)
  const { images: entries } = Manifest.parse(JSON.parse(files.get('manifest.json')?.toString() ?? ''))
  const images = entries.map(({ file }) => files.get(file) ?? Buffer.alloc(0))
  for (const [index, { width, height, bytes }] of entries.entries()) {
    expect(await sharp(images[index]).metadata()).toMatchObject({ width, height })
    expect(images[index]).toHaveLength(bytes)
  }
  expect(files.size).toBe(entries.length + 1)
  return { result, images, names: entries.map(({ file }) => file), output }
}

/** The first page as Ghostscript draws it. */
async function reference(pdf: Buffer, dpi: number): Promise<Buffer> {
  const smooth = '-dTextAlphaBits=4 -dGraphicsAlphaBits=4'
  const script = `gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=png16m -r${dpi} -dUseCropBox ${smooth} -dLastPage=1 -sOutputFile=- "$0" | base64 -w0`
  return Buffer.from(await run(pdf, 'sh', ['-c', script, '{}']), 'base64')
}

/** Renderers place the edges of letters differently; a quarter of the size shows what is missing or has another colour. */
const inSmall = (image: Buffer | undefined, width: number, height: number) =>
  sharp(image).resize(width, height, { fit: 'fill' }).removeAlpha().toColourspace('srgb').raw().toBuffer()

/** How far the first page is from the reference: the mean absolute error of its samples, of 255. */
async function errorOf(pdf: Buffer): Promise<number> {
  const { images, result } = await convert(pdf, { dpi: 100, pages: '1' })
  const size = [Math.round(result.width / 4), Math.round(result.height / 4)] as const
  const [own, other] = await Promise.all([
    inSmall(images[0], ...size),
    inSmall(await reference(pdf, 100), ...size),
  ])
  return own.reduce((sum, sample, index) => sum + Math.abs(sample - (other[index] ?? 0)), 0) / own.length
}

describe('convert to images', () => {
  it('makes an image of each page, in an archive with a manifest', async () => {
    const { result, names, output } = await convert(await example('handbook.pdf'), {
      dpi: 50,
      pages: '9-11,last',
    })
    expect(names).toEqual(['doc-09.png', 'doc-10.png', 'doc-11.png', 'doc-40.png'])
    expect(result).toMatchObject({ pages: 4, of: 40, images: 4, width: 414, height: 585 })
    expect(output.name).toBe('doc.zip')
  })

  it.each([
    ['png', 'image/png', 'doc-1.png'],
    ['jpeg', 'image/jpeg', 'doc-1.jpg'],
    ['webp', 'image/webp', 'doc-1.webp'],
  ])('gives a single %s as it is', async (format, contentType, name) => {
    const { images, output } = await convert(await example('brochure.pdf'), { format, dpi: 72, pages: '1' })
    expect([output.contentType, output.name]).toEqual([contentType, name])
    expect(await sharp(images[0]).metadata()).toMatchObject({ format, width: 596, height: 842, channels: 3 })
  })

  it.each(['png', 'jpeg'])('draws %s in grey and in black and white', async (format) => {
    const brochure = await example('brochure.pdf')
    const [grey, black] = await Promise.all([
      convert(brochure, { format, dpi: 36, pages: '1', colours: 'grayscale' }),
      convert(brochure, { format, dpi: 36, pages: '1', colours: 'black-white' }),
    ])
    expect(await sharp(grey.images[0]).metadata()).toMatchObject({ space: 'b-w', channels: 1 })
    expect((await sharp(grey.images[0]).stats()).entropy).toBeGreaterThan(5)
    if (format === 'png') expect(await sharp(black.images[0]).metadata()).toMatchObject({ bitsPerSample: 1 })
    expect((await sharp(black.images[0]).toColourspace('b-w').stats()).entropy).toBeLessThan(
      format === 'png' ? 1.1 : 4,
    )
  })

  it('leaves out the paper on request', async () => {
    const { images } = await convert(textPages([['one'], ['two']]), { dpi: 36, transparent: true })
    for (const image of images) {
      const { channels } = await sharp(image).stats()
      expect(channels).toHaveLength(4)
      expect(channels[3]).toMatchObject({ min: 0 })
      expect(channels[3]?.max).toBeGreaterThan(50)
    }
  })

  it('draws to a size in pixels', async () => {
    const { result } = await convert(await example('handbook.pdf'), { longestSide: 300, pages: '1-2' })
    expect(result).toMatchObject({ width: 213, height: 300 })
  })

  it('lays pages out on contact sheets', async () => {
    const { result, names } = await convert(
      textPages(Array.from({ length: 50 }, (_, index) => [`page ${index}`])),
      {
        layout: 'contact-sheet',
        longestSide: 100,
      },
    )
    expect(names).toEqual(['doc-01.png', 'doc-49.png'])
    expect(result).toMatchObject({ pages: 50, images: 2, width: 6 * 112 + 12, height: 8 * 112 + 12 })
  })

  it('hands out each image as soon as it is done', async () => {
    const inputs = [{ name: 'doc.pdf', bytes: textPages([['one'], ['two'], ['three']]) }]
    const { published, outputs } = await runTask(convertToImages, inputs, { dpi: 36 })
    const files = await unzip(outputs[0]?.bytes ?? Buffer.alloc(0))
    expect(published.map(({ name }) => name)).toEqual(['doc-1.png', 'doc-2.png', 'doc-3.png'])
    for (const { name, bytes, contentType } of published) {
      expect(contentType).toBe('image/png')
      expect(bytes.equals(files.get(name) ?? Buffer.alloc(0))).toBe(true)
    }
  })

  it('notes the resolution', async () => {
    const { images } = await convert(textPages([['x']]), { dpi: 200 })
    expect(await sharp(images[0]).metadata()).toMatchObject({ density: 200 })
  })

  it.each(Object.keys(oddPages))('draws pages %s as another renderer does', async (name) => {
    expect(await errorOf(oddPage(name))).toBeLessThan(name === 'in a missing font' ? 4 : 1.5)
  })

  it.each(['invoice.pdf', 'form.pdf', 'scan-colour.pdf', 'fax.pdf', 'brochure.pdf'])(
    'draws %s as another renderer does',
    async (name) => {
      expect(await errorOf(await example(name))).toBeLessThan(4)
    },
  )

  it
    .runIf(existsSync(corpus))
    .each(['mixed-indirect-rot.pdf', 'form-cropbox.pdf', 'text-korean-tables.pdf', 'image-jpx.pdf'])(
    'draws %s as another renderer does',
    async (name) => {
      expect(await errorOf(await readFile(path.join(corpus, name)))).toBeLessThan(6)
    },
  )

  it('draws signed and protected documents', async () => {
    expect((await convert(signedLooking(), { dpi: 36 })).images).toHaveLength(1)
    const locked = await encrypted(textPages([['readable']]), { user: '', owner: 'o' })
    expect((await convert(locked, { dpi: 36 })).images).toHaveLength(1)
  })

  it.each([
    ['no_such_page', textPages([['x']]), { pages: '2' }],
    ['no_such_page', textPages([['x'], ['y']]), { pages: '2-1' }],
    ['too_many_pixels', manyPages(2000), { dpi: 1200, pages: '1-' }],
    ['too_many_pixels', hugePage(), {}],
    ['damaged_pdf', truncated(textPages([['cut']]), 0.2), {}],
    ['empty_file', Buffer.alloc(0), {}],
  ])('fails with %s', async (code, pdf, options) => {
    await expect(convert(pdf, options)).rejects.toMatchObject({ code })
  })

  it.each([
    [{ dpi: 0 }, 'dpi'],
    [{ dpi: 1201 }, 'dpi'],
    [{ pages: '' }, 'pages'],
    [{ pages: '0' }, 'pages'],
    [{ transparent: true, format: 'jpeg' }, 'transparent'],
    [{ format: 'gif' }, 'format'],
  ])('refuses %j', (options, path) => {
    expect(convertToImages.options.safeParse(options).error?.issues[0]?.path).toEqual([path])
  })
})
