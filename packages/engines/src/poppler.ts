import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { EngineContext } from './context.ts'
import type { PageRange } from './poppler-text.ts'
import { run } from './run.ts'

/** Most pages are drawn in well under a second; a drawing of some 300,000 lines and areas takes ten. */
const drawingMs = 30_000
/** For reading pages without drawing them. */
const readingMs = (pages: number) => 15_000 + pages * 20

/**
 * The text of a document, page by page.
 * @param pages how many it has
 */
export async function textOfPages(file: string, context: EngineContext, pages: number): Promise<string[]> {
  const { stdout } = await run('pdftotext', ['-enc', 'UTF-8', file, '-'], context, {
    okCodes: [0, 3],
    timeoutMs: readingMs(pages),
  })
  return stdout.toString().split('\f').slice(0, -1)
}

/** An image as it is placed on a page. */
export type PlacedImage = {
  page: number
  /** `image`, `smask`, `mask` or `stencil`. */
  type: string
  width: number
  height: number
  color: string
  components: number
  bits: number
  encoding: string
  /** Object and generation number; absent for inline images. */
  object?: string
  /** Pixels per inch on the page, the smaller of both directions. */
  ppi: number
}

/**
 * All images of a document with their place (`pdfimages -list`). An image used twice is listed twice.
 * @param pages how many pages it has
 */
export async function placedImages(
  file: string,
  context: EngineContext,
  pages: number,
): Promise<PlacedImage[]> {
  const { stdout } = await run('pdfimages', ['-list', file], context, {
    okCodes: [0, 1, 3],
    timeoutMs: readingMs(pages),
  })
  return stdout
    .toString()
    .split('\n')
    .slice(2)
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells.length >= 14)
    .map(imageOf)
}

function imageOf(cells: string[]): PlacedImage {
  const [
    page,
    ,
    type = '',
    width,
    height,
    color = '',
    components,
    bits,
    encoding = '',
    ,
    object,
    generation,
    x,
    y,
  ] = cells
  const inline = !/^\d+$/.test(object ?? '') || !/^\d+$/.test(generation ?? '')
  const [xPpi, yPpi] = inline ? [cells[11], cells[12]] : [x, y]
  return {
    page: Number(page),
    type,
    width: Number(width),
    height: Number(height),
    color,
    components: Number(components),
    bits: Number(bits),
    encoding,
    ...(inline ? {} : { object: `${object} ${generation}` }),
    ppi: Math.min(Number(xPpi), Number(yPpi)),
  }
}

/** A page or an image in a file of its own. */
export type PageFile = { page: number; file: string }

export type DrawOptions = PageRange & {
  /** Pixels of the longer side of each page. */
  longestSide: number
  /** Whether notes, stamps and fields are left out. */
  withoutAnnotations?: boolean
  /** Time for all pages; what honest pages take, by default. */
  timeoutMs?: number
}

/**
 * Draws a range of pages in colour as `<prefix>-<page>.ppm`, cut to their crop boxes.
 */
export async function drawPages(
  file: string,
  prefix: string,
  context: EngineContext,
  { first, last, longestSide, timeoutMs, withoutAnnotations = false }: DrawOptions,
): Promise<PageFile[]> {
  const range = ['-f', String(first), '-l', String(last)]
  const shown = withoutAnnotations ? ['-hide-annotations'] : []
  const args = [...range, '-scale-to', String(longestSide), ...shown, '-cropbox', file, prefix]
  await run('pdftoppm', args, context, { timeoutMs: timeoutMs ?? drawingMs * (1 + (last - first) / 4) })
  return pageFiles(prefix, '', 'ppm')
}

/**
 * Decodes the images of a document, each in its own size and without its mask, to `<prefix>-<page>-<number>` in the
 * format PBM for 1 bit and PPM for more. Images that cannot be decoded are left out.
 */
export async function extractImages(
  file: string,
  prefix: string,
  context: EngineContext,
): Promise<PageFile[]> {
  await run('pdfimages', ['-p', file, prefix], context, { okCodes: [0, 1, 3] })
  return pageFiles(prefix, '-\\d+', 'p[bp]m')
}

/** The files of a prefix, with the page that follows it in their names. `rest` and `extension` are patterns. */
export async function pageFiles(prefix: string, rest: string, extension: string): Promise<PageFile[]> {
  const folder = path.dirname(prefix)
  const name = new RegExp(`^${path.basename(prefix)}-(\\d+)${rest}\\.${extension}$`)
  return (await readdir(folder)).flatMap((entry) => {
    const page = name.exec(entry)?.[1]
    return page ? [{ page: Number(page), file: path.join(folder, entry) }] : []
  })
}
