import type { EngineContext } from './context.ts'
import { closedUp } from './line-text.ts'
import { type PlacedPage, placedPages } from './placed-text.ts'
import { readable } from './readable.ts'
import { withoutMarks } from './reading-order.ts'
import { run } from './run.ts'
import { inUsualLetters, withUsualLetters } from './usual-letters.ts'

/** Time for a batch: to begin with, and for each page. Most take a hundredth of it. */
const [startMs, msPerPage] = [15_000, 100]

export type PageRange = { first: number; last: number }

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

/** What Poppler says of the text of some pages. */
export async function pdfToText(
  file: string,
  context: EngineContext,
  { first, last }: PageRange,
  how: readonly string[],
): Promise<string> {
  const range = ['-f', String(first), '-l', String(last)]
  const { stdout } = await run('pdftotext', ['-enc', 'UTF-8', ...range, ...how, file, '-'], context, {
    okCodes: [0, 3],
    timeoutMs: startMs + (last - first + 1) * msPerPage,
  })
  return stdout.toString()
}
