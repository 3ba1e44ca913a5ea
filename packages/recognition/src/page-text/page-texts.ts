import {
  aheadInOrder,
  type EngineContext,
  type OcrEngine,
  placedImages,
  textOfPages,
} from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { chooseEngine } from '../engine.ts'
import { rangesOf } from '../ranges-of-pages.ts'
import { readPage } from '../read-page.ts'
import { planResolutions } from '../resolution.ts'
import { stampedScans, typedTexts } from '../typed-text.ts'
import { type ExtractedPage, type ExtractPlan, extractRange } from './extracted-page.ts'
import { fontHeights } from './font-sizes.ts'
import { withGlyphsAsSeen } from './leftward-glyphs.ts'
import { hasResources } from './page-resources.ts'
import type { Told } from './told.ts'

/** By what pages without text are read from their image. */
export type Reader = {
  engine: OcrEngine | 'auto'
  languages: readonly string[]
  /** Pixels per inch; chosen by page where it is absent. */
  dpi?: number | undefined
  /** How sure it must be that a page stands otherwise before it is read upright; without it none is. */
  turnConfidence?: number | undefined
}

/**
 * Starting a process for each page would take longer than reading its text; of more pages the text fills the memory.
 * Pages that are drawn are on the disk together.
 */
const mostAtOnce = { digital: 100, drawn: 4 }

/**
 * What pages say, in the order of the pages: the text that stands in the file, and of pages without any, what is read
 * from their image where there is a reader for it. Some pages are held at a time.
 * @param pages their numbers from 1, ascending
 * @throws JobFailure unknown_language, engine_missing, engine_failed, engine_timeout, out_of_memory
 */
export async function* pageTexts(
  document: InspectedPdf,
  pages: readonly number[],
  { told, reader }: { told: Told; reader: Reader | undefined },
  context: EngineContext,
): AsyncGenerator<ExtractedPage> {
  const plan = await planOf(document, pages, told, reader, context)
  const ranges = rangesOf(pages, reader ? mostAtOnce.drawn : mostAtOnce.digital)
  yield* aheadInOrder(ranges, context.cores + 1, (range) => extractRange(plan, range, context))
}

async function planOf(
  document: InspectedPdf,
  pages: readonly number[],
  told: Told,
  reader: Reader | undefined,
  context: EngineContext,
): Promise<ExtractPlan> {
  let asSeen: Promise<string> | undefined
  const glyphsAsSeen = () => (asSeen ??= withGlyphsAsSeen(document, context))
  const plan = { document, told, glyphsAsSeen, heights: fontHeights(document.copy), reading: undefined }
  return reader ? { ...plan, reading: await readingOf(document, pages, reader, context) } : plan
}

async function readingOf(
  document: InspectedPdf,
  pages: readonly number[],
  { engine, languages, dpi, turnConfidence }: Reader,
  context: EngineContext,
): Promise<ExtractPlan['reading']> {
  const images = await placedImages(document.path, context, document.pages)
  const { toRead } = planResolutions(document, images, dpi)
  // A page without fonts has no text; that others have none, too, is not known yet.
  const scans = pages.filter((page) => !hasResources(document, page, '/Font'))
  const page = scans[Math.floor(scans.length / 2)] ?? 1
  const read = (reader: OcrEngine) =>
    readPage(document.path, page, context, { engine: reader, languages, ...toRead(page) })
  const chosen = await chooseEngine({ engine, languages, pages: scans.length, read }, context)
  const texts = await textOfPages(document.path, context, document.pages)
  const typed = await typedTexts(document, pages, { texts, layers: new Map() }, context)
  const stamped = stampedScans(document, typed, images)
  return { engine: chosen, languages, turnConfidence, toRead, stamped }
}
