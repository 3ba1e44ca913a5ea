import type { DamageCode } from '@pdf-smaller/judge/damage'
import type { PageLook } from '@pdf-smaller/judge/looks'
import type { Pass } from '../result.ts'
import type { ToldPage } from './page.ts'
import { bytesAfterOf, type PictureOutcome } from './pictures.ts'
import { pageText } from './picture-sentences.ts'

/** So many pages are told; the others are counted. */
const mostPages = 24

type Found = {
  outcomes: readonly PictureOutcome[]
  passes: readonly Pick<Pass, 'refusals'>[]
  looks: readonly PageLook[]
}

type Page = Omit<ToldPage, 'text' | 'refused'> & { refused: Set<DamageCode> }

/**
 * What came of each page of which there is something to tell: it shows pictures, an attempt at it was refused, or it looks
 * other than it did. Of many, those that were refused, and then those with the largest pictures, in the order of pages.
 */
export function pagesTold({ outcomes, passes, looks }: Found): {
  pageReports: ToldPage[]
  morePages?: number
} {
  const pages = new Map<number, Page>()
  const at = (page: number): Page => {
    const known = pages.get(page) ?? { page, pictures: 0, bytesBefore: 0, bytesAfter: 0, refused: new Set() }
    pages.set(page, known)
    return known
  }
  for (const outcome of outcomes)
    for (const each of outcome.pages) {
      const page = at(each)
      page.pictures++
      page.bytesBefore += outcome.before
      page.bytesAfter += bytesAfterOf(outcome)
    }
  for (const { reason, pages: named } of passes.flatMap(({ refusals = [] }) => refusals))
    for (const { first, last } of named.ranges)
      for (let page = first; page <= last; page++) at(page).refused.add(reason)
  for (const { page, ssim } of looks) if (ssim < 1 || pages.has(page)) at(page).ssim = ssim
  const told = [...pages.values()].sort(
    (one, other) =>
      Number(other.refused.size > 0) - Number(one.refused.size > 0) ||
      other.bytesBefore - one.bytesBefore ||
      one.page - other.page,
  )
  const more = told.length - mostPages
  return {
    pageReports: told
      .slice(0, mostPages)
      .sort((one, other) => one.page - other.page)
      .map(lineOf),
    ...(more > 0 ? { morePages: more } : {}),
  }
}

function lineOf({ refused, ...page }: Page): ToldPage {
  const line = { ...page, ...(refused.size > 0 ? { refused: [...refused] } : {}) }
  return { ...line, text: pageText(line) }
}
