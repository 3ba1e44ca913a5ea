import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { pdfinfo, qpdfCheck, run } from '@pdf-smaller/testing/pdf/inspect'
import { manyPages, textPages, truncated, withAttachments } from '@pdf-smaller/testing/pdf/odd-files'
import { signedLooking } from '@pdf-smaller/testing/pdf/signed'
import { tagged } from '@pdf-smaller/testing/pdf/tagged'
import { text } from '@pdf-smaller/testing/pdf/values'
import { runTask } from '@pdf-smaller/worker/testing/run-task'
import { fieldsOf, linksOf, looksOf, outlineTitles } from '../../testing/look.ts'
import { merge } from './task.ts'

const root = path.join(import.meta.dirname, '../../../..')
const corpus = path.join(root, '../shared/corpus')
const example = (name: string) => readFile(path.join(root, 'examples', name))
const textOf = (pdf: Buffer) => run(pdf, 'pdftotext', ['-enc', 'UTF-8', '{}', '-'])

/** Merges files named a.pdf, b.pdf, …, and looks whether the result is sound. */
async function mergeAll(files: readonly Buffer[], options: object = {}) {
  const inputs = files.map((bytes, index) => ({ name: `${String.fromCharCode(97 + index)}.pdf`, bytes }))
  const { result, outputs } = await runTask(merge, inputs, options)
  const merged = outputs[0]?.bytes ?? Buffer.alloc(0)
  await qpdfCheck(merged)
  expect(result.bytes).toBe(merged.length)
  return { result, merged }
}

/** A page with a link to a page of another file, by its number from 0. */
function linkTo(file: string, page: number): Buffer {
  const document = createDocument({ title: `To ${file}` })
  const first = document.page()
  const action = { S: 'GoToR', F: text(file), D: [page, 'Fit'] }
  first.annotate(document.writer.add({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 99, 99], A: action }))
  return document.save()
}

/** The colour in the middle of a page. */
async function colourOf(pdf: Buffer, page: number): Promise<number[]> {
  const script = `pdftoppm -r 20 -singlefile -f ${page} -png "$0" | base64 -w0`
  const png = Buffer.from(await run(pdf, 'sh', ['-c', script, '{}']), 'base64')
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 3
  return [...data.subarray(at, at + 3)]
}

describe('merge', () => {
  it('puts pages one after the other, each as it looked', async () => {
    const files = await Promise.all(['handbook.pdf', 'form.pdf', 'brochure.pdf'].map(example))
    const { result, merged } = await mergeAll(files)
    const looks = await Promise.all(files.map(looksOf))
    expect(await looksOf(merged)).toEqual(looks.flat())
    expect(result.files.map(({ pages, from }) => [pages, from])).toEqual([
      [40, 1],
      [1, 41],
      [4, 42],
    ])
  })

  it('keeps outlines under an entry for each file, links and page labels', async () => {
    const handbook = await example('handbook.pdf')
    const { result, merged } = await mergeAll([handbook, textPages([['x']]), handbook])
    const own = await outlineTitles(handbook)
    const moved = (by: number, { title, page, kids }: (typeof own)[number]): (typeof own)[number] => ({
      title,
      page: page + by,
      kids: kids.map((kid) => moved(by, kid)),
    })
    expect(await outlineTitles(merged)).toEqual([
      { title: 'The Small Archive', page: 1, kids: own },
      { title: 'Plain text', page: 41, kids: [] },
      { title: 'The Small Archive', page: 42, kids: own.map((entry) => moved(41, entry)) },
    ])
    const links = (await linksOf(merged)).flat()
    const dests = await run(handbook, 'pdfinfo', ['-dests', '{}'])
    // Two more lead to the world outside.
    expect(links).toHaveLength(result.kept.links.kept - 2)
    expect(links.every((page) => page >= 1)).toBe(true)
    const names = (list: string) => list.match(/(?<=").*(?="$)/gm) ?? []
    const joined = await run(merged, 'pdfinfo', ['-dests', '{}'])
    // Each file has its own, those of the second under names with a number.
    expect(names(joined)).toEqual([...names(dests), ...names(dests).map((name) => `${name}_2`)])
    expect(joined).toMatch(/^ +81 .*"section\.12\.3_2"$/m)
    expect(result.kept).toMatchObject({ labels: true, links: { dropped: 0 }, outline: { dropped: 0 } })
  })

  it('takes some pages of each file, and counts what no longer leads anywhere', async () => {
    const handbook = await example('handbook.pdf')
    const { result, merged } = await mergeAll([handbook, handbook], { pages: '1-9;last,odd' })
    const looks = await looksOf(handbook)
    const odd = looks.filter((_, index) => index % 2 === 0)
    expect(await looksOf(merged)).toEqual([...looks.slice(0, 9), looks[39], ...odd])
    expect(result.kept.links.dropped).toBeGreaterThan(0)
    expect(result.kept.outline.dropped).toBeGreaterThan(0)
    const links = (await linksOf(merged)).flat()
    expect(links).toHaveLength(result.kept.links.kept - 1)
    expect(links.every((page) => page >= 1 && page <= 30)).toBe(true)
  })

  it('follows links from part to part', async () => {
    const { merged } = await mergeAll([linkTo('b.pdf', 1), textPages([['one'], ['two']])])
    expect(await linksOf(merged)).toEqual([[3], [], []])
  })

  it('keeps fields apart that have the same names', async () => {
    const form = await example('form.pdf')
    const { result, merged } = await mergeAll([form, form])
    const [names, own] = [await fieldsOf(merged), await fieldsOf(form)]
    expect(names).toHaveLength(2 * own.length)
    const distinct = (fields: typeof own) => new Set(fields.map(([name]) => name)).size
    expect(distinct(names)).toBe(2 * distinct(own))
    expect(result.kept.fields.renamed).toBe(result.kept.fields.kept / 2)
  })

  it('keeps attachments, and gives those of the same name another', async () => {
    const file = withAttachments({ 'figures.csv': 'a,b' })
    const { result, merged } = await mergeAll([file, file])
    const list = await run(merged, 'pdfdetach', ['-list', '{}'])
    expect(list).toContain('2 embedded files')
    expect(result.kept.attachments).toBe(2)
  })

  it('keeps tags as one structure', async () => {
    const { result, merged } = await mergeAll([tagged(), textPages([['not tagged']]), tagged()])
    const structure = await run(merged, 'pdfinfo', ['-struct-text', '{}'])
    expect(structure.match(/Opening hours/g)).toHaveLength(2)
    expect(structure.match(/^\s*P /gm)).toHaveLength(4)
    expect(result.kept.tags).toBe(true)
  })

  it('takes the metadata of the first file, or what is given', async () => {
    const files = [await example('handbook.pdf'), textPages([['x']])]
    const [kept, given] = [await mergeAll(files), await mergeAll(files, { title: 'Größe ✓', author: 'me' })]
    expect((await pdfinfo(kept.merged)).get('Title')).toBe('The Small Archive')
    const info = await pdfinfo(given.merged)
    expect([info.get('Title'), info.get('Author')]).toEqual(['Größe ✓', 'me'])
  })

  it('orders by title on request', async () => {
    const files = [textPages([['plain']]), tagged(), linkTo('x', 0)]
    const byTitle = await mergeAll(files, { order: 'title' })
    expect(byTitle.result.files.map(({ name }) => name)).toEqual(['b.pdf', 'a.pdf', 'c.pdf'])
  })

  it('orders by name on request, numbers by their value', async () => {
    const inputs = ['page 10.pdf', 'page 9.pdf', 'cover.pdf'].map((name) => ({
      name,
      bytes: textPages([[name]]),
    }))
    const { result } = await runTask(merge, inputs, { order: 'name', pages: ';;1' })
    expect(result.files.map(({ name }) => name)).toEqual(['cover.pdf', 'page 9.pdf', 'page 10.pdf'])
  })

  it('takes documents that are protected against changes, and says so', async () => {
    const locked = await encrypted(textPages([['readable']]), { user: '', owner: 'o' })
    const { result, merged } = await mergeAll([locked, textPages([['open']])])
    expect(result.files.map(({ protection }) => protection)).toEqual([{ forbids: [] }, undefined])
    expect(result.protection).toEqual({ from: 'a.pdf', forbids: [] })
    expect(await textOf(merged)).toContain('readable')
    expect(await run(merged, 'qpdf', ['--is-encrypted', '{}'])).toBe('')
  })

  it('mends what is broken, and says so', async () => {
    const pdf = textPages([['still'], ['there']])
    const broken = Buffer.from(pdf.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1')
    const { result, merged } = await mergeAll([broken, pdf])
    expect(result.files.map(({ repaired }) => repaired)).toEqual([true, false])
    expect(await textOf(merged)).toContain('there')
  })

  it('begins with a table of contents that leads to the files', async () => {
    const files = [await example('handbook.pdf'), tagged(), textPages([['x']])]
    const { result, merged } = await mergeAll(files, { contents: true })
    expect(result.files.map(({ from }) => from)).toEqual([2, 42, 43])
    const [first] = (await textOf(merged)).split('\f')
    expect(first?.replaceAll(/\s+/g, ' ')).toBe(
      'Contents The Small Archive 2 Opening hours 42 Plain text 43 ',
    )
    expect((await linksOf(merged))[0]).toEqual([2, 42, 43])
  })

  it('begins each file on a front side on request', async () => {
    const files = [textPages([['a'], ['b'], ['c']]), textPages([['d'], ['e']]), textPages([['f']])]
    const { result, merged } = await mergeAll(files, { duplex: true, contents: true })
    expect(result.files.map(({ from }) => from)).toEqual([3, 7, 9])
    const texts = (await textOf(merged)).split('\f').map((text) => text.trim())
    expect(texts.slice(1)).toEqual(['', 'a', 'b', 'c', '', 'd', 'e', 'f', ''])
    expect(result.kept.pages).toBe(9)
  })

  it('makes pages of images', async () => {
    const grid = sharp({
      create: { width: 300, height: 200, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0.5 } },
    })
    const jpeg = await grid
      .clone()
      .flatten({ background: 'blue' })
      .withMetadata({ density: 150, orientation: 6 })
      .jpeg()
      .toBuffer()
    const images = [
      { name: 'photo.jpg', bytes: jpeg, contentType: 'image/jpeg' },
      { name: 'glass.png', bytes: await grid.clone().png().toBuffer(), contentType: 'image/png' },
      {
        name: 'grey.tiff',
        bytes: await grid.clone().flatten().grayscale().tiff().toBuffer(),
        contentType: 'image/tiff',
      },
      { name: 'web.webp', bytes: await grid.clone().webp().toBuffer(), contentType: 'image/webp' },
    ]
    const { result, outputs } = await runTask(merge, [
      { name: 'a.pdf', bytes: textPages([['text']]) },
      ...images,
    ])
    const merged = outputs[0]?.bytes ?? Buffer.alloc(0)
    await qpdfCheck(merged)
    expect(result.files.map(({ name }) => name)).toEqual([
      'a.pdf',
      'photo.jpg',
      'glass.png',
      'grey.tiff',
      'web.webp',
    ])
    const sizes = await run(merged, 'pdfinfo', ['-l', '5', '{}'])
    // 300 pixels at 150 per inch, turned by its orientation.
    expect(sizes).toMatch(/Page +2 size: +144 x 96 pts\nPage +2 rot: +90/)
    expect(sizes).toMatch(/Page +3 size: +\d+(\.\d+)? x \d+/)
    expect(await colourOf(merged, 2)).toEqual([100, 0, 127].map((each) => expect.closeTo(each, -1)))
    // Half of red on white.
    expect(await colourOf(merged, 3)).toEqual([228, 127, 127].map((each) => expect.closeTo(each, -1)))
  })

  it('fails for images that cannot be read', async () => {
    const broken = {
      name: 'broken.png',
      bytes: Buffer.from('\x89PNG\r\n', 'latin1'),
      contentType: 'image/png',
    }
    const inputs = [{ name: 'a.pdf', bytes: textPages([['text']]) }, broken]
    await expect(runTask(merge, inputs)).rejects.toMatchObject({ code: 'damaged_image' })
  })

  it('merges many files with many pages', async () => {
    const { result } = await mergeAll(Array.from({ length: 20 }, () => manyPages(50)))
    expect(result.kept.pages).toBe(1000)
  })

  it.each([
    ['missing_file', [textPages([['alone']])], {}],
    ['no_such_page', [textPages([['x']]), textPages([['y']])], { pages: '1;2' }],
    ['no_such_page', [textPages([['x'], ['x'], ['x']]), textPages([['y']])], { pages: '3-1' }],
    ['invalid_options', [textPages([['x']]), textPages([['y']])], { pages: '1-0' }],
    ['invalid_options', [textPages([['x']]), textPages([['y']])], { pages: '1;1;1' }],
    ['signed_pdf', [textPages([['x']]), signedLooking()], {}],
    ['damaged_pdf', [textPages([['x']]), truncated(textPages([['cut']]), 0.2)], {}],
    ['too_many_pages', [manyPages(15_000), manyPages(15_000)], {}],
  ])('fails with %s', async (code, files, options) => {
    await expect(mergeAll(files, options)).rejects.toMatchObject({ code })
  })

  it.runIf(existsSync(corpus))('merges real documents of every kind, each as it looked', async () => {
    const names = readdirSync(corpus).filter((name) =>
      /^(text|form|inv-[a-h]|scan-[j-r]|enc-owner).*pdf$/.test(name),
    )
    const files = await Promise.all(names.map((name) => readFile(path.join(corpus, name))))
    const { merged } = await mergeAll(files)
    const looks = []
    for (const file of files) looks.push(...(await looksOf(file)))
    expect(await looksOf(merged)).toEqual(looks)
  })
})
