import {
  closedUp,
  inContentOrder,
  inUsualLetters,
  type PlacedPage,
  placedPages,
  readable,
  withoutMarks,
  withUsualLetters,
} from '@pdf-smaller/text'
import type { EngineContext } from './context.ts'
import type { PageRange } from './page-range.ts'
import { readingMs, textMs } from './reading-time.ts'
import { run } from './run.ts'

/**
 * The text of a document, page by page.
 * @param pages how many it has
 */
export async function textOfPages(file: string, context: EngineContext, pages: number): Promise<string[]> {
  const { stdout } = await run('pdftotext', ['-enc', 'UTF-8', file, '-'], context, {
    okCodes: [0, 3],
    timeoutMs: readingMs(pages),
  })
  return stdout.toString().split('\f').slice(0, -1)
}

/**
 * The text of pages in reading order, or with columns and gaps where they stand on the page (`layout`). Of pages that
 * are written from right to left, or in columns, the words of `wordsOfRange` are in a better order.
 */
export async function textOfRange(
  file: string,
  context: EngineContext,
  range: PageRange,
  { layout }: { layout: boolean },
): Promise<string[]> {
  const text = await pdfToText(file, context, range, layout ? ['-layout'] : [])
  return withoutMarks(text)
    .split('\f')
    .slice(0, -1)
    .map((page) => (layout ? inColumns(page) : withUsualLetters(closedUp(page))))
}

const inColumns = (page: string) => page.split('\n').map(inUsualLetters).join('\n')

/**
 * The words of pages with their places, in points.
 * @param whole whether also those that stand outside of the crop box, whose corner places begin at otherwise
 */
export async function wordsOfRange(
  file: string,
  context: EngineContext,
  range: PageRange,
  { whole = false }: { whole?: boolean } = {},
): Promise<PlacedPage[]> {
  const how = whole ? ['-tsv'] : ['-tsv', '-cropbox']
  return placedPages(await pdfToText(file, context, range, how)).map(readable)
}

/**
 * The words of pages in the order in which the file has them, which is that of whatever recognised a scan. Where lines
 * are not quite level, Poppler's own order takes words, and even letters, for parts of other lines.
 */
export async function wordsInContentOrder(
  file: string,
  context: EngineContext,
  range: PageRange,
): Promise<PlacedPage[]> {
  const [text, boxes] = await Promise.all([
    pdfToText(file, context, range, ['-raw', '-cropbox']),
    pdfToText(file, context, range, ['-raw', '-bbox', '-cropbox']),
  ])
  return inContentOrder(text, boxes, range.first)
}

/** What Poppler says of the text of some pages. */
async function pdfToText(
  file: string,
  context: EngineContext,
  pages: PageRange,
  how: readonly string[],
): Promise<string> {
  const range = ['-f', String(pages.first), '-l', String(pages.last)]
  const { stdout } = await run('pdftotext', ['-enc', 'UTF-8', ...range, ...how, file, '-'], context, {
    okCodes: [0, 3],
    timeoutMs: textMs(pages),
  })
  return stdout.toString()
}
