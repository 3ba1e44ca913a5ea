import {
  type EngineContext,
  type OcrEngine,
  type PageRange,
  type PlacedPage,
  textOfRange,
  wordsOfRange,
} from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { hasText } from '../../recognition/has-text.ts'
import { sizeOf } from '../../recognition/page-size.ts'
import { leastDpi } from '../../recognition/resolution.ts'
import { readPage } from '../../recognition/read-page.ts'
import type { PageOutcome } from '../../recognition/summary.ts'
import { laidOut } from './laid-out.ts'
import type { Options } from './options.ts'

/** The text of a page, and where it comes from. Places are only there when they are asked for. */
export type ExtractedPage = {
  page: number
  source: 'digital' | 'ocr'
  text: string
  placed: PlacedPage | undefined
  /** What came of reading the page from its image. */
  outcome?: PageOutcome
}

export type ExtractPlan = {
  document: InspectedPdf
  options: Options
  /** What reads a page, and at how many pixels per inch it is drawn for that; undefined where none is to be read. */
  reading: { engine: OcrEngine; dpiOf: (page: number) => number } | undefined
}

/** The pages of a range. Those without text are read from their image where that is asked for. */
export async function extractRange(
  { document, options, reading }: ExtractPlan,
  range: PageRange,
  context: EngineContext,
): Promise<ExtractedPage[]> {
  const isPlain = options.format === 'text'
  const layout = isPlain && options.layout
  const [texts, placed] = await Promise.all([
    textOfRange(document.path, context, range, { layout }),
    isPlain ? [] : wordsOfRange(document.path, context, range),
  ])
  return Promise.all(
    texts.map(async (text, index) => {
      const page = range.first + index
      const digital = { page, source: 'digital', text, placed: sized(placed[index]) } as const
      return reading && !hasText(text)
        ? fromImage(digital, { engine: reading.engine, dpi: reading.dpiOf(page) })
        : digital
    }),
  )

  /** The engine does not turn the sizes of pages that are shown turned. */
  function sized(page: PlacedPage | undefined): PlacedPage | undefined {
    const reference = document.pageReferences[(page?.page ?? 0) - 1]
    return page && reference ? { ...page, ...sizeOf(document.copy, reference) } : page
  }

  async function fromImage(
    digital: ExtractedPage,
    how: { engine: OcrEngine; dpi: number },
  ): Promise<ExtractedPage> {
    const { page } = digital
    const { languages, dpi = leastDpi } = options
    const read = await readPage(document.path, page, context, {
      languages,
      leastDpi: dpi,
      formats: [],
      ...how,
    })
    if (read.kind === 'failed') return { ...digital, outcome: read }
    const { placed, confidence } = read
    const text = layout ? laidOut(placed) : read.text
    return { page, source: 'ocr', text, placed, outcome: { kind: 'read', page, confidence } }
  }
}
