import {
  type EngineContext,
  type PageRange,
  runsOfRange,
  textOfRange,
  wordsInContentOrder,
  wordsOfRange,
} from '@pdf-smaller/engines'
import {
  boxesInOrder,
  columnar,
  hasLeftward,
  isInvisible,
  isVertical,
  laidOut,
  type PlacedPage,
  runningText,
  type TextRun,
} from '@pdf-smaller/text'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { pageSizeOf } from '@pdf-smaller/pdf/page-frame'
import { hasResources } from './page-resources.ts'
import type { Told } from './told.ts'

/** The text that stands in the file for a page; its words, and what of them is seen, only where they are needed. */
export type DigitalText = {
  page: number
  text: string
  placed: PlacedPage | undefined
  runs: TextRun[] | undefined
  /** Nobody sees it: nearly all of it is what somebody's recognition has left. */
  isLayer?: boolean
}

/** Reads what stands in the file, the words of each page in the order that fits how they are written. */
export async function digitalText(
  document: InspectedPdf,
  told: Told,
  range: PageRange,
  context: EngineContext,
): Promise<DigitalText[]> {
  const isPlain = !told.words
  const [found, rows, seen] = await Promise.all([
    wordsOfRange(document.path, context, range, { whole: isPlain }),
    isPlain && told.rows ? textOfRange(document.path, context, range, { layout: true }) : [],
    isPlain ? undefined : runsOfRange(document.path, context, range),
  ])
  const words = found.map(boxesInOrder)
  const texts = words.map(runningText)
  // The text of a page without pictures is all seen.
  const isOdd = texts.some(
    (text, index) => columnar.test(text) || hasResources(document, range.first + index, '/XObject'),
  )
  const runs = isPlain && isOdd ? await runsOfRange(document.path, context, range) : seen
  const pages = Array.from({ length: range.last - range.first + 1 }, (_, index) => ({
    page: range.first + index,
    text: texts[index] ?? '',
    placed: words[index],
    runs: runs && (runs[index] ?? []),
  }))
  const invisible = pages.filter(isHidden)
  const hidden = new Set(invisible.map(({ page }) => page))
  const layers = await wordsOfPages(invisible)
  return pages.map((page, index) => {
    const layer = layers.get(page.page)
    const placed = layer ?? page.placed
    const text = told.rows && placed ? inRows(page, placed, layer ? undefined : rows[index]) : undefined
    const isLayer = hidden.has(page.page)
    return { ...page, isLayer, placed: sized(placed), text: text ?? (layer ? runningText(layer) : page.text) }
  })

  /** All at once, as starting an engine takes longer than reading a page. */
  async function wordsOfPages(wanted: readonly DigitalText[]): Promise<Map<number, PlacedPage>> {
    const [first, last] = [wanted[0], wanted.at(-1)]
    if (!first || !last) return new Map()
    const range = { first: first.page, last: last.page }
    const all = await wordsInContentOrder(document.path, context, range)
    const numbers = new Set(wanted.map(({ page }) => page))
    return new Map(all.flatMap((page) => (numbers.has(page.page) ? [[page.page, page]] : [])))
  }

  /** The engine does not turn the sizes of pages that are shown turned. */
  function sized(page: PlacedPage | undefined): PlacedPage | undefined {
    const reference = document.pageReferences[(page?.page ?? 0) - 1]
    return page && reference ? { ...page, ...pageSizeOf(document.copy, reference) } : page
  }
}

const isHidden = ({ text, runs }: DigitalText) => runs !== undefined && isInvisible(text, runs)

const runsDown = ({ runs }: DigitalText) => runs !== undefined && isVertical(runs)

/**
 * The text of a page as it stands there; undefined where that is written in columns.
 * @param rows as the engine has them: it does not know which way words are read, and has all copies of a word
 */
function inRows(page: DigitalText, placed: PlacedPage, rows: string | undefined): string | undefined {
  if (runsDown(page)) return undefined
  return rows === undefined || placed.isThinned || hasLeftward(page.text) ? laidOut(placed) : rows
}
