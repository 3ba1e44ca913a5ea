import type { EngineContext } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { type ExtractedPage, languagesOf, pageTexts, type PageOutcome } from '@pdf-smaller/recognition'
import type { PlacedWord } from '@pdf-smaller/text'
import type { PageWords, Word } from './page-words.ts'

/** What a page says, and what came of reading it from its image; `isLayer` where its text stands there and is not seen. */
export type PageRead = PageWords & { outcome?: PageOutcome; isLayer: boolean }

/** Whoever left an invisible text may have read well; nothing that rests on it alone becomes certain. */
const confidenceOfLayer = 79

/** Above it pages are hardly ever turned wrongly. */
const turnConfidence = 5
/** The languages that documents are expected in, by the names of Tesseract's data. */
const usualLanguages = ['eng', 'deu', 'fra', 'spa', 'nld', 'ita']

/**
 * The words of pages, in their order: those that stand in the file, and of pages without any, those on their image, read
 * upright. A few pages are held at a time.
 * @param pages their numbers from 1, ascending
 * @param languages of scans; without them those usual ones that are installed
 * @throws JobFailure unknown_language, and of the engines
 */
export async function* readWords(
  document: InspectedPdf,
  pages: readonly number[],
  languages: readonly string[] | undefined,
  context: EngineContext,
): AsyncGenerator<PageRead> {
  const reader = {
    engine: 'auto' as const,
    languages: languages ?? (await installedOfUsual(context)),
    turnConfidence,
  }
  for await (const page of pageTexts(
    document,
    pages,
    { told: { words: true, rows: false }, reader },
    context,
  ))
    yield wordsOf(page)
}

async function installedOfUsual(context: EngineContext): Promise<string[]> {
  const installed = new Set(await languagesOf('native', context))
  const found = usualLanguages.filter((language) => installed.has(language))
  return found.length > 0 ? found : ['eng']
}

function wordsOf(page: ExtractedPage): PageRead {
  const { page: number, placed, outcome, isLayer = false } = page
  const { width = 0, height = 0, blocks = [] } = placed ?? {}
  const isUnseen = unseenOn(page)
  const words: Word[] = []
  for (const line of blocks.flat()) {
    for (const word of line) {
      const last = words.at(-1)
      if (word.joined && last && word !== line[0]) extend(last, word)
      else if (page.source === 'ocr') words.push(recognised(word, word.confidence))
      else if (isUnseen(word)) words.push(recognised(word, confidenceOfLayer))
      else words.push({ text: word.text, box: boxOf(word), confidence: 1, source: 'text' })
    }
  }
  return { number, width, height, words, isLayer, ...(outcome ? { outcome } : {}) }
}

/** Fonts are known of text that is seen; where none is known at all, nobody can tell. */
function unseenOn({ placed, fontOf, isLayer = false }: ExtractedPage): (word: PlacedWord) => boolean {
  if (isLayer) return () => true
  const isTold = placed?.blocks.flat(2).some((word) => fontOf(word) !== undefined) ?? false
  return (word) => isTold && fontOf(word) === undefined
}

/** @param percent how sure it is, from 0 to 100 */
function recognised(word: PlacedWord, percent: number): Word {
  const confidence = Math.min(1, Math.max(0, percent / 100))
  return { text: word.text, box: boxOf(word), confidence, source: 'ocr' }
}

function boxOf({ box: [l, t, r, b] }: PlacedWord): Word['box'] {
  return { l, t, r, b }
}

/** What changes its font within a word comes in parts. */
function extend(word: Word, { text, box: [l, t, r, b], confidence }: PlacedWord): void {
  const { box } = word
  word.text += text
  word.box = { l: Math.min(box.l, l), t: Math.min(box.t, t), r: Math.max(box.r, r), b: Math.max(box.b, b) }
  if (word.source === 'ocr') word.confidence = Math.min(word.confidence, Math.max(0, confidence / 100))
}
