import { type EngineContext, type PlacedImage, runsOfRange, wordsOfRange } from '@pdf-smaller/engines'
import type { PlacedPage, PlacedWord, TextRun } from '@pdf-smaller/text'
import { boxOf, type InspectedPdf } from '@pdf-smaller/pdf'
import { leastCharacters, lettersIn } from './has-text.ts'
import { cropOffset, pageSizeOf } from '@pdf-smaller/pdf/page-frame'
import { rangesOf } from './ranges-of-pages.ts'

/** A scan has no more letters of its own than those of a stamp, a header and a page number. */
const mostStamped = 120
/** A scan takes up at least that share of its page. */
const leastCovered = 0.7

/** The words that stand in the file for a page, within its crop box, and those of them that are seen. */
export type TypedText = { page: PlacedPage; seen: ReadonlySet<PlacedWord> }

/** Pages with more are no scans, nor what recognition has left of one. */
const [mostRuns, mostWords] = [5000, 20_000]
/** Pages whose text is read by one start of an engine. */
const mostAtOnce = 100

/**
 * Reads the text of pages that may have stamps on them; the others are left out.
 * @param texts of all pages, also what lies outside of their crop boxes
 * @param layers pages whose text may be that of a recognition
 */
export async function typedTexts(
  document: InspectedPdf,
  pages: readonly number[],
  { texts, layers }: { texts: readonly string[]; layers: ReadonlyMap<number, unknown> },
  context: EngineContext,
): Promise<Map<number, TypedText>> {
  const typed = new Map<number, TypedText>()
  const isWanted = (page: number) => {
    const letters = lettersIn(texts[page - 1] ?? '')
    const reference = document.pageReferences[page - 1] ?? ''
    // What a crop box hides is no text of the page.
    const isCropped = boxOf(document.copy, reference, '/CropBox').length > 0
    return letters > 0 && (letters <= mostStamped || isCropped || layers.has(page))
  }
  for (const range of rangesOf(pages.filter(isWanted), mostAtOnce)) {
    const [words, runs] = await Promise.all([
      wordsOfRange(document.path, context, range),
      runsOfRange(document.path, context, range),
    ])
    for (const [index, page] of words.entries()) {
      const number = range.first + index
      const reference = document.pageReferences[number - 1] ?? ''
      const [own, all] = [runs?.[index] ?? [], page.blocks.flat(2)]
      if (own.length > mostRuns || all.length > mostWords) continue
      const isSeen = seenIn(own, cropOffset(document.copy, reference))
      const seen = new Set(all.filter(isSeen))
      // The engine does not turn the sizes of pages that are shown turned.
      typed.set(number, { page: { ...page, ...pageSizeOf(document.copy, reference) }, seen })
    }
  }
  return typed
}

/** Of text that lies on its side, Poppler does not tell how far it reaches. */
function seenIn(runs: readonly TextRun[], offset: { x: number; y: number }): (word: PlacedWord) => boolean {
  const told = runs.map(({ box, parts }) => ({ box, text: parts.map(({ text }) => text).join('') }))
  return ({ text, box: [left, top, right, bottom] }) => {
    const [x, y] = [(left + right) / 2 + offset.x, (top + bottom) / 2 + offset.y]
    return told.some(({ box, text: run }) => {
      if (box[2] <= box[0]) return run.includes(text)
      return box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3]
    })
  }
}

/** The pages that are scans though they have text: it is that of stamps on them, or lies where nobody sees it. */
export function stampedScans(
  document: InspectedPdf,
  typed: ReadonlyMap<number, TypedText>,
  images: readonly PlacedImage[],
): ReadonlySet<number> {
  const pictured = Map.groupBy(
    images.filter(({ type }) => type === 'image' || type === 'stencil'),
    ({ page }) => page,
  )
  const isScan = (number: number, { page, seen }: TypedText): boolean => {
    const all = lettersOf(page.blocks.flat(2))
    const visible = lettersOf([...seen])
    // Invisible text is what recognition has left.
    if (visible > mostStamped || all - visible >= leastCharacters) return false
    const { width, height } = pageSizeOf(document.copy, document.pageReferences[number - 1] ?? '')
    const covered = (pictured.get(number) ?? []).reduce((sum, image) => sum + areaOf(image), 0)
    return covered >= width * height * leastCovered
  }
  return new Set([...typed].flatMap(([page, text]) => (isScan(page, text) ? [page] : [])))
}

const areaOf = ({ width, height, ppi }: PlacedImage) => (width * height * 72 ** 2) / ppi ** 2

const lettersOf = (words: readonly PlacedWord[]) => lettersIn(words.map(({ text }) => text).join(''))
