import type { PageWords, Word } from '../reading/page-words.ts'

/**
 * Two pages printed side by side on one wide sheet, taken apart so that each half is read by
 * itself; any other page as it is. The boxes keep the places of the sheet. A sheet is a spread
 * where no word crosses its middle and both halves begin their lines with the same words: a wide
 * table has other words on its right.
 */
export function pagesOfSpread(page: PageWords): PageWords[] {
  if (page.width < 1.15 * page.height || page.words.length < 40) return [page]
  const fold = page.width / 2
  const left = page.words.filter((word) => word.box.r <= fold)
  const right = page.words.filter((word) => word.box.l >= fold)
  if (left.length + right.length < page.words.length) return [page]
  if (!sameHeads(left, right, fold)) return [page]
  return [left, right].map((words) => ({ ...page, words }))
}

/** At least three words of four letters or more stand in both halves at the same place. */
function sameHeads(left: readonly Word[], right: readonly Word[], fold: number): boolean {
  const places = new Map<string, Word['box'][]>()
  for (const { text, box } of left) {
    const known = places.get(text)
    if (known) known.push(box)
    else places.set(text, [box])
  }
  const twice = right.filter(({ text, box }) => {
    if (!/\p{L}{4}/u.test(text)) return false
    return places
      .get(text)
      ?.some((place) => Math.abs(place.l + fold - box.l) < 0.05 * fold && Math.abs(place.t - box.t) < 3)
  })
  return new Set(twice.map((word) => word.text)).size >= 3
}
