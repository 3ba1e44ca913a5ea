import {
  columnar,
  type EngineContext,
  hasLeftward,
  type PageRange,
  type PlacedPage,
  runsOfRange,
  textOfPage,
  textOfRange,
  type TextRun,
  wordsInContentOrder,
  wordsOfRange,
} from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { sizeOf } from '@pdf-smaller/pdf/page-frame'
import { laidOut } from './laid-out.ts'
import type { Options } from './options.ts'
import { hasResources } from './page-resources.ts'
import { isInvisible, isVertical } from './seen-text.ts'

/** The text that stands in the file for a page; its words, and what of them is seen, only where they are needed. */
export type DigitalText = {
  page: number
  text: string
  placed: PlacedPage | undefined
  runs: TextRun[] | undefined
}

/** Reads what stands in the file, the words of each page in the order that fits how they are written. */
export async function digitalText(
  document: InspectedPdf,
  { format, layout }: Options,
  range: PageRange,
  context: EngineContext,
): Promise<DigitalText[]> {
  const isPlain = format === 'text'
  const [texts, words, seen] = await Promise.all([
    isPlain ? textOfRange(document.path, context, range, { layout }) : [],
    isPlain ? [] : wordsOfRange(document.path, context, range),
    isPlain ? undefined : runsOfRange(document.path, context, range),
  ])
  // The text of a page without pictures is all seen.
  const isOdd = texts.some(
    (text, index) => columnar.test(text) || hasResources(document, range.first + index, '/XObject'),
  )
  const runs = isOdd ? await runsOfRange(document.path, context, range) : seen
  const pages = Array.from({ length: range.last - range.first + 1 }, (_, index) => ({
    page: range.first + index,
    text: texts[index] ?? (words[index] ? textOfPage(words[index]) : ''),
    placed: words[index],
    runs: runs && (runs[index] ?? []),
  }))
  const [hidden, others] = [pages.filter(isHidden), pages.filter((page) => !isHidden(page))]
  const unplaced = others.filter((page) => !page.placed && needsWords(page))
  const [layers, ordered] = await Promise.all([
    wordsOfPages(hidden, wordsInContentOrder),
    wordsOfPages(unplaced, wordsOfRange),
  ])
  return pages.map((page) => {
    const placed = layers.get(page.page) ?? ordered.get(page.page)
    const found = placed
      ? { ...page, placed, text: layout && !runsDown(page) ? laidOut(placed) : textOfPage(placed) }
      : page
    return { ...found, placed: sized(found.placed) }
  })

  /** All at once, as starting an engine takes longer than reading a page. */
  async function wordsOfPages(
    wanted: readonly DigitalText[],
    read: typeof wordsOfRange,
  ): Promise<Map<number, PlacedPage>> {
    const [first, last] = [wanted[0], wanted.at(-1)]
    if (!first || !last) return new Map()
    const all = await read(document.path, context, { first: first.page, last: last.page })
    const numbers = new Set(wanted.map(({ page }) => page))
    return new Map(all.flatMap((page) => (numbers.has(page.page) ? [[page.page, page]] : [])))
  }

  /** The engine does not turn the sizes of pages that are shown turned. */
  function sized(page: PlacedPage | undefined): PlacedPage | undefined {
    const reference = document.pageReferences[(page?.page ?? 0) - 1]
    return page && reference ? { ...page, ...sizeOf(document.copy, reference) } : page
  }
}

const isHidden = ({ text, runs }: DigitalText) => runs !== undefined && isInvisible(text, runs)

const runsDown = ({ runs }: DigitalText) => runs !== undefined && isVertical(runs)

/** Whether the engine's own text has lines of the page in an order in which nobody reads them. */
const needsWords = (page: DigitalText) => hasLeftward(page.text) || runsDown(page)
