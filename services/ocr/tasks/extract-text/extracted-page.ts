import {
  type EngineContext,
  type PageRange,
  type PlacedPage,
  textOfRange,
  wordsOfRange,
} from '@pdf-smaller/engines'
import { hasText } from '../../recognition/has-text.ts'
import { readPage } from '../../recognition/read-page.ts'
import type { Drawing } from '../../recognition/resolution.ts'
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
  file: string
  options: Options
  /** How a page is drawn to be read; undefined where none is to be. */
  drawing: ((page: number) => Drawing) | undefined
}

/** The pages of a range. Those without text are read from their image where that is asked for. */
export async function extractRange(
  { file, options, drawing }: ExtractPlan,
  range: PageRange,
  context: EngineContext,
): Promise<ExtractedPage[]> {
  const isPlain = options.format === 'text'
  const layout = isPlain && options.layout
  const [texts, placed] = await Promise.all([
    textOfRange(file, context, range, { layout }),
    isPlain ? [] : wordsOfRange(file, context, range),
  ])
  return Promise.all(
    texts.map(async (text, index) => {
      const page = range.first + index
      const digital = { page, source: 'digital', text, placed: placed[index] } as const
      return drawing && !hasText(text) ? fromImage(digital, drawing(page)) : digital
    }),
  )

  async function fromImage(digital: ExtractedPage, how: Drawing): Promise<ExtractedPage> {
    const { page } = digital
    const { languages } = options
    const reading = await readPage(file, page, context, { languages, drawing: how, formats: [] })
    if (reading.kind === 'failed') return { ...digital, outcome: reading }
    const { placed, confidence } = reading
    const text = layout ? laidOut(placed) : reading.text
    return { page, source: 'ocr', text, placed, outcome: { kind: 'read', page, confidence } }
  }
}
