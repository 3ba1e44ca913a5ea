import { JobFailure } from '@pdf-smaller/contracts'
import { z } from 'zod'

const number = String.raw`(?:[1-9]\d{0,6}|last)`
const range = `(?:${number}(?:-${number}?)?|odd|even)`

/** `1-3,5,8-`, `last`, `odd`, `even`: what pages are meant is known once it is known how many there are. */
export const PageRanges = z
  .string()
  .regex(new RegExp(`^${range}(?:,${range})*$`), 'it does not read as 1-3,5,8-,last,odd,even')

/** Pages of a document, from 1, in the order in which they were named, each once. */
export function pagesOf(ranges: string, pages: number): number[] {
  return [...new Set(ranges.split(',').flatMap((each) => pagesOfRange(each, pages)))]
}

/**
 * The pages of one range, from 1.
 * @throws JobFailure no_such_page for pages beyond the end, ranges that run backwards and ranges without a page
 */
export function pagesOfRange(range: string, pages: number): number[] {
  const all = Array.from({ length: pages }, (_, index) => index + 1)
  if (range === 'odd') return all.filter((page) => page % 2 === 1)
  if (range === 'even')
    return nonEmpty(
      all.filter((page) => page % 2 === 0),
      range,
      pages,
    )
  const [first = '', last] = range.split('-')
  const from = pageOf(first, pages)
  const to = last === undefined ? from : last === '' ? pages : pageOf(last, pages)
  for (const page of [from, to]) if (page > pages) throw noSuchPage(range, `it has ${countOf(pages)}`)
  if (from > to) throw noSuchPage(range, 'it runs backwards')
  return all.slice(from - 1, to)
}

const pageOf = (text: string, pages: number) => (text === 'last' ? pages : Number(text))

function nonEmpty(found: number[], range: string, pages: number): number[] {
  if (found.length === 0) throw noSuchPage(range, `it has ${countOf(pages)}`)
  return found
}

const countOf = (pages: number) => `${pages} page${pages === 1 ? '' : 's'}`

const noSuchPage = (range: string, why: string) => new JobFailure('no_such_page', `"${range}", and ${why}`)
