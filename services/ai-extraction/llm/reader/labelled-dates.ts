import type { Box } from '../../layout/boxes.ts'
import { layOut } from '../../layout/layout.ts'
import type { PageWords } from '../../reading/page-words.ts'
import { hitsIn, startsOf, valuesOf } from '../../rules/invoice/label-hits.ts'
import { labelsOf } from '../../rules/invoice/lexicon.ts'
import { headerWords } from '../../rules/invoice/words/header-words.ts'
import type { Found } from './places.ts'

/** Dates that models take for each other. */
export type LabelledDate = 'issueDate' | 'dueDate'

/** Whether a place is labelled as the other date, and not as this one. */
export type IsOtherDate = (date: LabelledDate, place: Found) => boolean

const labels = labelsOf({ issueDate: headerWords.issueDate, dueDate: headerWords.dueDate })

/** Looks where pages say of what stands beside a label, at the beginning of a cell, that it is the one date or the other. */
export function otherDates(pages: readonly PageWords[]): IsOtherDate {
  const { cells } = layOut(pages)
  const hits = hitsIn(cells, labels)
  const starts = startsOf(cells, hits)
  const labelled = hits.flatMap((hit) => {
    const [value] = valuesOf(cells, hit, starts)
    if (hit.before > 0 || !value || value.place === 'below') return []
    return hit.meanings.flatMap(({ field, clear }) => (clear ? [{ field, ...value.cell }] : []))
  })
  return (date, { page, words }) => {
    const here = labelled.filter(
      (each) => each.page === page && words.every(({ box }) => isWithin(box, each.box)),
    )
    return here.length > 0 && here.every(({ field }) => field !== date)
  }
}

/** By its middle: recognised words and those cut at a colon have boxes of their own. */
function isWithin(inner: Box, outer: Box): boolean {
  const [x, y] = [(inner.l + inner.r) / 2, (inner.t + inner.b) / 2]
  return x >= outer.l && x <= outer.r && y >= outer.t && y <= outer.b
}
