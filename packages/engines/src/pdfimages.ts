import type { EngineContext } from './context.ts'
import { type PageFile, pageFiles } from './page-files.ts'
import { readingMs } from './reading-time.ts'
import { run } from './run.ts'

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
