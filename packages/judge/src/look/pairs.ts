import { mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { drawPages, type EngineContext } from '@pdf-smaller/engines'
import type { PdfiumDocument } from '@pdf-smaller/pdfium'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { readPnm } from '@pdf-smaller/pictures/pnm'
import { longestSide } from './limits.ts'

/** A document whose pages are drawn for comparison. */
export type Drawable = {
  path: string
  pdfium: PdfiumDocument
  /** Whether PDFium has failed at it: the rest of it is drawn by Poppler. */
  isRefused?: boolean
}

/** A page, from 1, before and after, and how it is drawn; `ms` is the time for each drawing, if it is to be less than usual. */
export type PagePair = { before: number; after: number; withoutAnnotations?: boolean; ms?: number }

/** Two drawings by the same program, or what is wrong where the page as it is cannot be drawn. */
export type DrawnPair = { before: Pixels; after: Pixels } | { damage: string }

/**
 * Draws a page as it was and as it is, both by PDFium; by Poppler where PDFium cannot draw it as it was, or the page as it
 * is takes too much. What PDFium could draw and cannot any more is damaged.
 * @throws JobFailure what Poppler ends with
 */
export async function drawnPair(
  before: Drawable,
  after: Drawable,
  pair: PagePair,
  context: EngineContext,
): Promise<DrawnPair> {
  if (!before.isRefused) {
    const [had, has] = await Promise.all([
      drawnByPdfium(before, pair.before, pair),
      drawnByPdfium(after, pair.after, pair),
    ])
    before.isRefused = had instanceof JobFailure
    if (!(had instanceof JobFailure)) {
      if (!(has instanceof JobFailure)) return { before: had, after: has }
      if (has.code === 'engine_failed') return { damage: `page ${pair.after} can no longer be drawn` }
    }
  }
  const [had, has] = await Promise.all([
    drawnByPoppler(before.path, pair.before, pair, context),
    drawnByPoppler(after.path, pair.after, pair, context),
  ])
  return { before: had, after: has }
}

/** What PDFium may fail at without anything being wrong with the page. */
const refusals = new Set(['engine_failed', 'engine_timeout', 'out_of_memory', 'too_many_pixels'])

async function drawnByPdfium(
  { pdfium }: Drawable,
  page: number,
  { withoutAnnotations = false, ms }: PagePair,
): Promise<Pixels | JobFailure> {
  try {
    return await pdfium.draw(page, { scale: { longestSide }, withoutAnnotations }, ms)
  } catch (error) {
    if (error instanceof JobFailure && refusals.has(error.code)) return error
    throw error
  }
}

const nothing: Pixels = { width: 0, height: 0, channels: 3, samples: new Uint8Array() }

/** A page that is left out is taken for an empty picture, which is like no other. */
async function drawnByPoppler(
  file: string,
  page: number,
  { withoutAnnotations = false, ms }: PagePair,
  context: EngineContext,
): Promise<Pixels> {
  const folder = await mkdtemp(path.join(context.cwd, 'judged-'))
  try {
    const time = ms === undefined ? {} : { timeoutMs: ms }
    const range = { first: page, last: page, longestSide, withoutAnnotations, ...time }
    const [drawn] = await drawPages(file, path.join(folder, 'page'), context, range)
    const pixels = drawn && readPnm(await readFile(drawn.file))
    return pixels && !('bits' in pixels) ? pixels : nothing
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
