import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { zipOfBytes } from '@pdf-smaller/archive'
import { loadConfig, openLog } from '@pdf-smaller/platform'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { encrypted } from '@pdf-smaller/testing/pdf/encrypted'
import { textPages } from '@pdf-smaller/testing/pdf/odd-files'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { type Form, openPageViews, type PageViews, type ShownFile } from './index.ts'
import { pageSettings } from './settings.ts'
import { z } from 'zod'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

type Views = PageViews & { hosts: () => Promise<string[]>; fetched: string[] }

async function opened(env: Record<string, string> = {}): Promise<Views> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-pages-'))
  const config = loadConfig(pageSettings, { PDF_SMALLER_DATA_DIR: folder, ...env })
  const views = openPageViews(config, openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test'))
  closing.push(async () => {
    await views.stop()
    expect(await hosts()).toEqual([])
    await rm(folder, { recursive: true })
  })
  const hosts = () => readdir(path.join(folder, 'work')).catch(() => [])
  return { ...views, hosts, fetched }
}

const fetched: string[] = []
let keys = 0
/** A file that is in no store. */
function file(form: Form, bytes: Buffer): ShownFile {
  const key = String(++keys)
  return {
    key,
    form,
    fetch: async (to) => {
      fetched.push(key)
      await writeFile(to, bytes)
    },
  }
}

const asker = (caller = 'a', signal = new AbortController().signal) => ({ caller, signal })

/** Pages with a red left half; the second stands on its side, cut to its middle. */
function redPages(): Buffer {
  const document = createDocument({ title: 'Red' })
  for (const entries of [{}, { CropBox: [50, 0, 150, 100], Rotate: 90 }]) {
    const page = document.page({ width: 200, height: 100 })
    page.rect({ x: 0, y: 0, width: 100, height: 100 }, { fill: '#ff0000' })
    page.text({ x: 60, y: 20 }, 'Ohm 5 Volt', { font: 'Helvetica', size: 10 })
    Object.assign(page.entries, entries)
  }
  return document.save()
}

/** Forms within forms: 10 to the power of so many are drawn. */
function endless(): Buffer {
  const document = createDocument({ title: 'Nested' })
  const { writer } = document
  const box = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 500, 500] }
  let form = writer.addStream(box, '0 0 400 400 re f')
  for (let level = 1; level < 9; level++)
    form = writer.addStream({ ...box, Resources: { XObject: { F: form } } }, '/F Do '.repeat(10))
  const page = document.page()
  page.entries['Resources'] = { XObject: { F: form } }
  page.operators('/F Do '.repeat(10))
  return document.save()
}

async function pixels(webp: Buffer) {
  const { data, info } = await sharp(webp).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
  ]
  return { width: info.width, height: info.height, at }
}
const isRed = ([red = 0, green = 255, blue = 255]: number[]) => red > 230 && green < 30 && blue < 30

describe('pages of a PDF', () => {
  it('are told, drawn and read as they are shown', async () => {
    const views = await opened()
    const pdf = file('pdf', redPages())
    expect(await views.look(pdf, asker())).toEqual({
      pages: 2,
      sizes: [
        [200, 100],
        [100, 100],
      ],
    })
    const first = await pixels(await views.draw(pdf, { page: 1, width: 400 }, asker()))
    expect([first.width, first.height]).toEqual([400, 200])
    expect([isRed(first.at(20, 100)), isRed(first.at(380, 100))]).toEqual([true, false])
    const second = await pixels(await views.draw(pdf, { page: 2, width: 100 }, asker()))
    expect([second.width, second.height, isRed(second.at(50, 5)), isRed(second.at(50, 95))]).toEqual([
      100,
      100,
      true,
      false,
    ])
    const { words, ...size } = await views.words(pdf, 1, asker())
    expect(size).toEqual({ width: 200, height: 100 })
    expect(words.map(({ text }) => text)).toEqual(['Ohm', '5', 'Volt'])
    const [ohm] = words
    expect(ohm?.box[0]).toBeCloseTo(60, -1)
    // Words are as tall as their lines: the boxes of letters that are not drawn would be flat.
    expect((ohm?.box[3] ?? 0) - (ohm?.box[1] ?? 0)).toBeGreaterThan(8)
    // Turned clockwise, what ran to the right runs down.
    const turned = await views.words(pdf, 2, asker())
    expect(turned.words.map(({ text }) => text)).toEqual(['Ohm', '5', 'Volt'])
    const tops = turned.words.map(({ box }) => box[1])
    expect(tops).toEqual([...tops].sort((one, other) => one - other))
    expect(new Set(fetched.filter((each) => each === pdf.key)).size).toBe(1)
    expect(await views.hosts()).toHaveLength(1)
  })

  it('have no more pixels than allowed, however long they are', async () => {
    const views = await opened({ PDF_SMALLER_PAGE_MEGAPIXELS: '1' })
    const document = createDocument({ title: 'Long' })
    document.page({ width: 100, height: 1000 })
    const picture = await views.draw(file('pdf', document.save()), { page: 1, width: 4096 }, asker())
    const { width, height } = await pixels(picture)
    expect([width * height <= 1e6, width > 290]).toEqual([true, true])
  })

  it('are refused with a reason where there are none', async () => {
    const views = await opened()
    const locked = file('pdf', await encrypted(textPages([['x']]), { user: 'open sesame', owner: 'owner' }))
    await expect(views.look(locked, asker())).rejects.toMatchObject({ code: 'encrypted_pdf' })
    await expect(views.look(file('pdf', Buffer.from('no PDF')), asker())).rejects.toMatchObject({
      code: 'damaged_pdf',
    })
    const pdf = file('pdf', redPages())
    await expect(views.draw(pdf, { page: 3, width: 100 }, asker())).rejects.toMatchObject({
      code: 'no_such_page',
    })
    await expect(views.words(pdf, 3, asker())).rejects.toMatchObject({ code: 'no_such_page' })
  })

  it('that take too long are given up, told again without being tried, and others are drawn meanwhile', async () => {
    const views = await opened({ PDF_SMALLER_PAGE_SECONDS: '2' })
    const bad = file('pdf', endless())
    const good = file('pdf', redPages())
    const drawing = (of: ShownFile) => views.draw(of, { page: 1, width: 200 }, asker())
    const [slow, other] = await Promise.allSettled([drawing(bad), drawing(good)])
    // Which of its bounds it comes to first depends on how busy the machine is.
    const given = z.enum(['engine_timeout', 'out_of_memory'])
    const { code } = z.object({ code: given }).parse(slow.status === 'rejected' ? slow.reason : {})
    expect(other).toMatchObject({ status: 'fulfilled' })
    const before = fetched.length
    await expect(drawing(bad)).rejects.toMatchObject({ code })
    expect(fetched.length).toBe(before)
  })
})

describe('images', () => {
  const picture = (colour: string) =>
    sharp({ create: { width: 60, height: 30, channels: 3, background: colour } })

  it('are pages: a picture, those in an archive, none where it holds none', async () => {
    const views = await opened()
    const png = file('image', await picture('#f00').png().toBuffer())
    expect(await views.look(png, asker())).toEqual({ pages: 1, sizes: [[60, 30]] })
    // It is not made larger than it is.
    const drawn = await pixels(await views.draw(png, { page: 1, width: 512 }, asker()))
    expect([drawn.width, drawn.height, isRed(drawn.at(5, 5))]).toEqual([60, 30, true])
    await expect(views.words(png, 1, asker())).rejects.toMatchObject({ code: 'no_pages' })

    const bytes = await Promise.all(['#00f', '#f00'].map((colour) => picture(colour).png().toBuffer()))
    const entries = bytes.map((each, index) => ({ name: `${index}.png`, bytes: each }))
    const archive = [...entries, { name: 'manifest.json', bytes: Buffer.from('{}') }]
    const zip = file('images', zipOfBytes(archive, new Date('2026-01-01')))
    expect(await views.look(zip, asker())).toEqual({ pages: 2, sizes: [] })
    const second = await pixels(await views.draw(zip, { page: 2, width: 512 }, asker()))
    expect(isRed(second.at(5, 5))).toBe(true)
    for (const none of [
      zipOfBytes(archive.slice(2), new Date('2026-01-01')),
      Buffer.from('PK\x05\x06'),
      Buffer.alloc(0),
    ])
      await expect(views.look(file('images', none), asker())).rejects.toMatchObject({ code: 'no_pages' })
  })

  it('that are damaged, or larger than allowed, are refused', async () => {
    const views = await opened({ PDF_SMALLER_PAGE_MEGAPIXELS: '1' })
    await expect(views.look(file('image', Buffer.from('no image')), asker())).rejects.toMatchObject({
      code: 'damaged_image',
    })
    const large = sharp({ create: { width: 5000, height: 1000, channels: 3, background: '#fff' } })
    const huge = file('image', await large.png().toBuffer())
    await expect(views.draw(huge, { page: 1, width: 100 }, asker())).rejects.toMatchObject({
      code: 'too_many_pixels',
    })
  })
})

it('tells the words of hOCR with their confidence, page by page', async () => {
  const word = (text: string, sure: number) =>
    `<p class='ocr_par' id='p' title="bbox 0 0 9 9"><span class='ocr_line' id='l' title="bbox 1 2 30 40; x_size 9"><span class='ocrx_word' id='w' title='bbox 1 2 30 40; x_wconf ${sure}'>${text}</span></span></p>`
  const page = (number: number, inside: string) =>
    `<div class='ocr_page' id='page_${number}' title='bbox 0 0 100 200; ppageno ${number - 1}'>${inside}</div>\n`
  const hocr = `<html><body>${page(2, word('R&amp;D', 96))}${page(5, word('v1e1', 31.5))}</body></html>`
  const views = await opened()
  const words = file('hocr', Buffer.from(hocr))
  expect(await views.look(words, asker())).toEqual({ pages: 5, sizes: [] })
  expect(await views.words(words, 5, asker())).toEqual({
    width: 100,
    height: 200,
    words: [{ text: 'v1e1', box: [1, 2, 30, 40], confidence: 31.5 }],
  })
  expect((await views.words(words, 2, asker())).words[0]?.text).toBe('R&D')
  await expect(views.words(words, 1, asker())).rejects.toMatchObject({ code: 'no_such_page' })
  await expect(views.draw(words, { page: 2, width: 100 }, asker())).rejects.toMatchObject({
    code: 'no_pages',
  })
})

describe('hosts', () => {
  it('are never more than allowed, each with one file, and what waits may leave', async () => {
    const views = await opened({ PDF_SMALLER_PAGE_HOSTS: '1', PDF_SMALLER_PAGE_DRAWINGS: '2' })
    const [one, other] = [file('pdf', redPages()), file('pdf', redPages())]
    const first = views.look(one, asker())
    const leaving = new AbortController()
    const left = views.look(other, asker('a', leaving.signal))
    await expect(views.look(other, asker())).rejects.toMatchObject({ code: 'too_many_drawings' })
    // Another caller has places of its own.
    const others = views.look(other, asker('b'))
    leaving.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    expect([(await first).pages, (await others).pages]).toEqual([2, 2])
    expect(await views.hosts()).toHaveLength(1)
  })

  it('that die cost one answer', async () => {
    const views = await opened({ PDF_SMALLER_PAGE_MEMORY_MB: '1' })
    const pdf = file('pdf', endless())
    await expect(views.draw(pdf, { page: 1, width: 200 }, asker())).rejects.toMatchObject({
      code: 'out_of_memory',
    })
    await expect.poll(() => views.hosts()).toEqual([])
  })
})
