import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { renderPages, wordsOfRange } from '@pdf-smaller/engines'
import { type PlacedPage } from '@pdf-smaller/text'
import sharp from 'sharp'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import { createDocument, type PageSize } from '@pdf-smaller/testing/pdf/document'
import { type PdfDictionary, type Ref, text } from '@pdf-smaller/testing/pdf/values'
import { createWriter } from '@pdf-smaller/testing/pdf/writer'
import { straightened } from '../src/straighten.ts'

/** How a scan lies on its page. */
export type Variant = {
  /** The page's own entries. */
  entries?: PdfDictionary
  /** Where the lower left corner of the scan lies. */
  left?: number
  bottom?: number
  /** How far the scan itself is turned clockwise. */
  turned?: 0 | 90 | 180 | 270
  /** How far it lies askew, degrees clockwise. */
  askew?: number
  /** Operators of what was typed over it; its font is /T. */
  typed?: string
  /** What stands in fields on it, each above the one before. */
  filled?: readonly string[]
  /** A page with nothing on it, or a picture that ends in its middle. */
  broken?: 'blank' | 'picture'
}

/** How large a slip is, in points: a whole number of pixels at 200 dpi. */
export const slipSize = { width: 432, height: 288 }

/** What stands on a slip: a word each time, so that each has one place. */
const slipLines = [
  'Delivery note of the harbour office',
  'Sender Westhaven Printing, Lindqvist',
  'Ordered twenty envelopes and journals',
  'Packed between Monday and Thursday',
  'Weight seventeen kilograms, insured',
  'Received complete without complaint',
]

/** A page with little at its top, which engines read in a fraction of the time of a full one. */
export function slip(size: PageSize = slipSize): Buffer {
  const document = createDocument({ title: 'Slip' })
  const page = document.page(size)
  for (const [index, line] of slipLines.entries())
    page.text({ x: 40, y: 50 + index * 38 }, line, { font: 'Helvetica', size: 15 })
  return document.save()
}

/** The words of a page, as it is seen. */
export async function wordsOf(pdf: Buffer | string, page = 1): Promise<PlacedPage> {
  await using test = await engineContext()
  const file = path.join(test.folder, 'in.pdf')
  if (typeof pdf !== 'string') await writeFile(file, pdf)
  const source = typeof pdf === 'string' ? pdf : file
  const [words] = await wordsOfRange(source, test.context, { first: page, last: page })
  if (!words) throw new Error('there is no such page')
  return words
}

/** The words of a slip, where they stand. */
export const truth = (): Promise<PlacedPage> => wordsOf(slip())

/**
 * A slip, or another page, as it comes out of a scanner: a picture on each page.
 * @param of the document whose first page it is
 */
export async function scanned(variants: readonly Variant[], of: Buffer = slip()): Promise<Buffer> {
  await using test = await engineContext()
  const original = path.join(test.folder, 'original.pdf')
  await writeFile(original, of)
  const [drawn] = await renderPages(original, path.join(test.folder, 'page'), test.context, {
    first: 1,
    last: 1,
    scale: { dpi: 200 },
    colours: 'grayscale',
    as: { format: 'tiff' },
    timeoutMs: 60_000,
  })
  const writer = createWriter()
  const [root, tree] = [writer.reserve(), writer.reserve()]
  const font = writer.add({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' })
  const Kids = []
  const Fields: Ref[] = []
  for (const {
    entries,
    left = 0,
    bottom = 0,
    turned = 0,
    askew = 0,
    typed = '',
    filled = [],
    broken,
  } of variants) {
    const scan = sharp(await readFile(drawn?.file ?? '')).rotate(turned)
    const { data, info } = await (askew === 0 ? scan : await straightened(scan, askew))
      .jpeg({ quality: 80 })
      .toBuffer({ resolveWithObject: true })
    const [width, height] = [info.width * 0.36, info.height * 0.36]
    const image = writer.addStream(
      {
        Type: 'XObject',
        Subtype: 'Image',
        Width: info.width,
        Height: info.height,
        ColorSpace: info.channels === 1 ? 'DeviceGray' : 'DeviceRGB',
        BitsPerComponent: 8,
        Filter: 'DCTDecode',
      },
      broken === 'picture' ? data.subarray(0, 400) : data,
      { compress: false },
    )
    // What is left over at the end must not move the text.
    const picture = `q ${width} 0 0 ${height} ${left} ${bottom} cm /I Do Q ${typed} 3 0 0 3 9 9 cm q`
    const Contents = writer.addStream({}, broken === 'blank' ? '' : picture)
    const Resources = { XObject: { I: image }, Font: { T: font } }
    const Annots = filled.map((value, index) => addField(`f${Fields.length + index}`, value, index * 20))
    Fields.push(...Annots)
    const belongings = { ...(filled.length > 0 ? { Annots } : {}), ...entries }
    const page = { Type: 'Page', Parent: tree, MediaBox: [0, 0, width, height], ...belongings }
    Kids.push(writer.add({ ...page, Resources, Contents }))
  }
  writer.set(tree, { Type: 'Pages', Count: Kids.length, Kids })
  const form = Fields.length > 0 ? { AcroForm: { Fields } } : {}
  writer.set(root, { Type: 'Catalog', Pages: tree, ...form })
  return writer.save({ Root: root })

  function addField(name: string, value: string, bottom: number): Ref {
    const N = writer.addStream(
      {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, 200, 16],
        Resources: { Font: { T: font } },
      },
      `BT /T 10 Tf 2 4 Td (${value}) Tj ET`,
    )
    const Rect = [10, bottom + 4, 210, bottom + 20]
    const field = { FT: 'Tx', T: text(name), V: text(value), DA: text('/T 10 Tf 0 g') }
    return writer.add({ Type: 'Annot', Subtype: 'Widget', F: 4, Rect, AP: { N }, ...field })
  }
}

/**
 * Compares words that both pages have once: how many of the truth were found, and how far the middle of the words is
 * away from where it should be, in points; the largest but one in twenty.
 */
export function distance(page: PlacedPage, truth: PlacedPage): { found: number; away: number } {
  const places = (each: PlacedPage) => {
    const words = each.blocks.flat(2).filter(({ text }) => text.length > 4)
    return new Map(
      words
        .filter(({ text }) => words.filter((other) => other.text === text).length === 1)
        .map(({ text, box: [left, top, right, bottom] }) => [text, [(left + right) / 2, (top + bottom) / 2]]),
    )
  }
  const [own, true_] = [places(page), places(truth)]
  const away = [...true_].flatMap(([text, [x = 0, y = 0]]) => {
    const there = own.get(text)
    return there ? [Math.hypot((there[0] ?? 0) - x, (there[1] ?? 0) - y)] : []
  })
  away.sort((one, other) => one - other)
  return { found: away.length / true_.size, away: away[Math.floor(away.length * 0.95) - 1] ?? Infinity }
}
