import { type EngineContext, type OcrEngine, type PageRange } from '@pdf-smaller/engines'
import { hasLeftward, laidOut, type PlacedPage } from '@pdf-smaller/text'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { hasText } from '../has-text.ts'
import { cropOffset } from '@pdf-smaller/pdf/page-frame'
import { readPage } from '../read-page.ts'
import type { Resolution, Resolutions } from '../resolution.ts'
import type { PageOutcome } from '../summary.ts'
import { digitalText } from './digital-text.ts'
import type { FontHeights } from './font-sizes.ts'
import { type FontOf, fontFinder } from './fonts.ts'
import type { Told } from './told.ts'

/** The text of a page, and where it comes from. Places are only there when they are needed. */
export type ExtractedPage = {
  page: number
  source: 'digital' | 'ocr'
  /** The text stands in the file, and nobody sees it. Told where words are asked for. */
  isLayer?: boolean
  text: string
  placed: PlacedPage | undefined
  fontOf: FontOf
  /** What came of reading the page from its image. */
  outcome?: PageOutcome
}

export type ExtractPlan = {
  document: InspectedPdf
  told: Told
  /** Makes the file that text is read from which is read leftward, once for all pages. */
  glyphsAsSeen: () => Promise<string>
  heights: FontHeights
  /**
   * What reads a page, at how many pixels per inch, and which pages are scans though they have text, that of a stamp;
   * undefined where none is to be read.
   */
  reading:
    | {
        engine: OcrEngine
        languages: readonly string[]
        turnConfidence: number | undefined
        toRead: Resolutions['toRead']
        stamped: ReadonlySet<number>
      }
    | undefined
}

/** The pages of a range. Those without text are read from their image where that is asked for. */
export async function extractRange(
  plan: ExtractPlan,
  range: PageRange,
  context: EngineContext,
): Promise<ExtractedPage[]> {
  const { document, told, reading } = plan
  const first = await digitalText(document, told, range, context)
  const isLeftward = first.some(({ text }) => hasLeftward(text))
  const path = isLeftward ? await plan.glyphsAsSeen() : document.path
  const texts =
    path === document.path ? first : await digitalText({ ...document, path }, told, range, context)
  return Promise.all(
    texts.map(async ({ runs, ...text }) => {
      const { page } = text
      const fontOf = fontFinder(
        runs ?? [],
        cropOffset(document.copy, document.pageReferences[page - 1] ?? ''),
        plan.heights,
      )
      const digital = { ...text, source: 'digital', fontOf } as const
      return reading && (!hasText(text.text) || reading.stamped.has(page))
        ? fromImage(digital, plan, { ...reading, ...reading.toRead(page) }, context)
        : digital
    }),
  )
}

async function fromImage(
  digital: ExtractedPage,
  { document, told }: ExtractPlan,
  { engine, languages, turnConfidence, dpi, leastDpi }: Resolution & NonNullable<ExtractPlan['reading']>,
  context: EngineContext,
): Promise<ExtractedPage> {
  const { page } = digital
  const how = { engine, languages, turnConfidence, dpi, leastDpi }
  const read = await readPage(document.path, page, context, how)
  if (read.kind === 'failed') return { ...digital, outcome: read }
  const { placed, confidence, unread } = read
  const text = told.rows && !told.words ? laidOut(placed) : read.text
  return {
    page,
    source: 'ocr',
    text,
    placed,
    fontOf: () => undefined,
    outcome: { kind: 'read', page, confidence, unread },
  }
}
