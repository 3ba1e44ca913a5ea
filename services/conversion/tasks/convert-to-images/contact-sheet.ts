import { rm } from 'node:fs/promises'
import path from 'node:path'
import { aheadInOrder, type EngineContext, type PageFile, renderPages } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import sharp, { type Sharp } from 'sharp'
import type { PageImage } from './draw.ts'
import { encode, openPicture } from './encode.ts'
import type { ConvertContext } from './options.ts'
import { planBatches } from './plan.ts'

/** Pages side by side and below each other on a sheet, the pixels between them, and the grey that they lie on. */
const [columns, rows, gap, ground] = [6, 8, 12, 208]
/** Pixels of the longer side of a page on a sheet: where nothing else is asked for, and at most. */
const [usualSide, mostSide] = [256, 1024]
/** Time for a batch of pages so small. */
const timeoutMs = 60_000

/** How many sheets so many pages need. */
export const sheetsFor = (pages: number): number => Math.ceil(pages / (columns * rows))

/** Pages in small, side by side; each sheet bears the number of its first page. */
export async function* drawSheets(
  document: InspectedPdf,
  pages: readonly number[],
  { options, engine }: ConvertContext,
): AsyncGenerator<PageImage> {
  const side = Math.min(options.longestSide ?? usualSide, mostSide)
  for (let from = 0; from < pages.length; from += columns * rows) {
    const own = pages.slice(from, from + columns * rows)
    const drawn: PageFile[] = []
    for await (const picture of drawSmall(document, own, side, engine)) drawn.push(picture)
    const sheet = await sheetOf(drawn, side)
    const page = own[0] ?? 1
    const output = path.join(engine.cwd, `sheet-${page}.${options.format}`)
    yield { page, ...(await engine.core(() => encode(sheet, output, options))) }
    await Promise.all(drawn.map(({ file }) => rm(file)))
  }
}

function drawSmall(
  document: InspectedPdf,
  pages: readonly number[],
  longestSide: number,
  engine: EngineContext,
): AsyncGenerator<PageFile> {
  const scale = { longestSide }
  const batches = planBatches(document, pages, scale, engine.cores)
  return aheadInOrder(batches, engine.cores + 1, ({ first, last }) =>
    renderPages(document.path, path.join(engine.cwd, `small-${first}`), engine, {
      first,
      last,
      scale,
      colours: 'keep',
      as: { format: 'tiff' },
      timeoutMs,
    }),
  )
}

/** Lays pictures out in rows, each in the middle of its cell. */
async function sheetOf(drawn: readonly PageFile[], side: number): Promise<Sharp> {
  const across = Math.min(columns, drawn.length)
  const cell = side + gap
  const place = async ({ file }: PageFile, index: number) => {
    const { width, height } = await openPicture(file).metadata()
    return {
      input: file,
      left: gap + (index % across) * cell + Math.floor((side - width) / 2),
      top: gap + Math.floor(index / across) * cell + Math.floor((side - height) / 2),
    }
  }
  const size = { width: gap + across * cell, height: gap + Math.ceil(drawn.length / across) * cell }
  const background = { r: ground, g: ground, b: ground }
  return sharp({ create: { ...size, channels: 3, background } })
    .composite(await Promise.all(drawn.map(place)))
    .removeAlpha()
}
