import type { Checked } from '@pdf-smaller/extraction'
import { moneyOf, relation } from '@pdf-smaller/extraction'
import type { Layout } from '../../layout/layout.ts'
import { datesIn } from './dates.ts'
import { figuresIn } from './printed-figures.ts'
import type { Reading } from './readings.ts'
import { totalsHits } from './totals-hits.ts'

/**
 * That every amount beside a label of the sums could be read: an empty list, else a check that tells the first that could
 * not. What is printed there but not read may contradict all else.
 */
export function unreadTotals(layout: Layout, reading: Reading, currency: string | null): Checked[] {
  const [first] = [...misfits(reading, currency), ...unreadable(layout, reading)]
  if (first === undefined) return []
  const about = {
    id: 'TOTALS-READ',
    title: 'Every amount beside a label of the sums can be read',
    severity: 'warning',
  } as const
  return [relation(about, false, { found: first }, [], { why: `${first} is no amount of its currency` })]
}

/** Sums with more decimals than the currency has. */
function misfits({ totals }: Reading, currency: string | null): string[] {
  if (!totals) return []
  const { net, tax, gross, due, lineSum, paid } = totals
  return [net, tax, gross, due, lineSum, paid].flatMap((sum) => {
    const figure = sum?.candidate?.figure
    return figure && moneyOf(figure.text, currency) === undefined ? [figure.text] : []
  })
}

/** What stands alone beside a clear label behind the rows, has digits as amounts do, and is none. */
function unreadable(layout: Layout, { mark, items }: Reading): string[] {
  const fields = new Set(['net', 'tax', 'gross', 'due'])
  return totalsHits(layout).flatMap((hit) => {
    const isSum = hit.meanings.some(({ field, clear }) => clear && fields.has(field))
    const cells = layout.cells[hit.line] ?? []
    const next = cells[hit.cell + 1]
    if (
      !isSum ||
      hit.before > 0 ||
      hit.rest.length > 0 ||
      hit.line < items.end ||
      cells.length !== hit.cell + 2
    )
      return []
    if (!next || next.words.length > 3 || !amountLike.test(next.text)) return []
    const isRead = figuresIn(next.words, mark).length > 0 || datesIn(next.words, 'dmy').length > 0
    return isRead ? [] : [next.text]
  })
}

/** Digits up to a mark and behind it, with letters or blots in place of some. */
const amountLike = /^\D{0,4}\d[\dOolIS.,' ]*[.,][\dOolIS]{1,3}\D{0,5}$/
