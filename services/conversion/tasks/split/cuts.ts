import { JobFailure } from '@pdf-smaller/contracts'
import { type OutlineItem, walk } from '@pdf-smaller/pdf'
import type { Source } from '../../assembly/source.ts'
import { pagesOf, pagesOfRange } from '@pdf-smaller/pdf/page-ranges'

/** The pages of one of the new files, from 1; its title where the outline has one. */
export type Cut = { pages: number[]; title?: string }

const pagesFromTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Files of so many pages each; the last may have fewer. */
export function cutsOfEvery(count: number, pages: number): Cut[] {
  const cuts: Cut[] = []
  for (let from = 1; from <= pages; from += count)
    cuts.push({ pages: pagesFromTo(from, Math.min(pages, from + count - 1)) })
  return cuts
}

/** A file for each range. @throws JobFailure no_such_page */
export const cutsOfRanges = (ranges: string, pages: number): Cut[] =>
  ranges.split(',').map((range) => ({ pages: pagesOfRange(range, pages) }))

/** Odd and even pages. */
export function cutsOfParity(pages: number): Cut[] {
  const odd = { pages: pagesOf('odd', pages) }
  return pages === 1 ? [odd] : [odd, { pages: pagesOf('even', pages) }]
}

/** A file from each entry of the outline to the next; what stands before the first has no title. */
export function cutsOfOutline({ outline, destinations, pageIndex, document }: Source, level: number): Cut[] {
  const titles = new Map<number, string>()
  const below = ({ kids }: OutlineItem, depth: number) => (depth < level ? kids : [])
  for (const { title, dictionary } of walk(outline, below, { of: 'outline' })) {
    const page = pageIndex.get(destinations.of(dictionary)?.[0] ?? '')
    if (page !== undefined && !titles.has(page + 1)) titles.set(page + 1, title)
  }
  if (titles.size === 0) throw new JobFailure('invalid_options', 'by=outline, and the PDF has no outline')
  const starts = [...new Set([1, ...titles.keys()])].sort((one, other) => one - other)
  return starts.map((from, index) => {
    const title = titles.get(from)
    const pages = pagesFromTo(from, (starts[index + 1] ?? document.pages + 1) - 1)
    return title === undefined ? { pages } : { pages, title }
  })
}

/** Files between blank pages, which are left out. */
export function cutsAtBlank(blank: ReadonlySet<number>, pages: number): Cut[] {
  const cuts: Cut[] = []
  let from = 1
  for (let page = 1; page <= pages + 1; page++) {
    if (page <= pages && !blank.has(page)) continue
    if (page > from) cuts.push({ pages: pagesFromTo(from, page - 1) })
    from = page + 1
  }
  if (cuts.length === 0) throw new JobFailure('no_such_page', 'all of its pages are blank')
  return cuts
}
