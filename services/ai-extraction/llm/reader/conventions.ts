import type { Choice } from '@pdf-smaller/contracts/extraction'
import { amountReadings, dateReadings, type DecimalMark } from '@pdf-smaller/extraction'

export type DateOrder = 'dmy' | 'mdy'

/** How a whole document writes numbers and dates. */
export type Conventions = { mark: DecimalMark; order: DateOrder; choices: Choice[] }

/**
 * Decides once for a document what its decimal mark is and which number of its dates is the month, by what it has that says
 * it: an amount that can be read in one way only, a day above 12.
 */
export function conventionsOf(amounts: readonly string[], dates: readonly string[]): Conventions {
  const marks = amounts.map((text) => new Set(amountReadings(text).map(({ mark }) => mark)))
  const only = (mark: DecimalMark) => marks.filter((set) => set.size === 1 && set.has(mark)).length
  const [commas, dots] = [only(','), only('.')]
  const orders = dates.map((text) => new Set(dateReadings(text).map(({ order }) => order)))
  const ordered = (order: DateOrder) => orders.filter((set) => set.size === 1 && set.has(order)).length
  const [dayFirst, monthFirst] = [ordered('dmy'), ordered('mdy')]
  const mark = commas > dots ? ',' : '.'
  const order = monthFirst > dayFirst ? 'mdy' : 'dmy'
  const isOpen = (set: ReadonlySet<unknown>) => set.size > 1
  return {
    mark,
    order,
    choices: [
      ...(marks.some(isOpen) ? [choiceOf('decimal-mark', mark, ['.', ','], [dots, commas])] : []),
      ...(orders.some(isOpen) ? [choiceOf('date-order', order, ['dmy', 'mdy'], [dayFirst, monthFirst])] : []),
    ],
  }
}

function choiceOf(
  name: Choice['name'],
  chosen: string,
  all: readonly string[],
  counts: readonly number[],
): Choice {
  const index = all.indexOf(chosen)
  const [own = 0, other = 0] = [counts[index], counts[1 - index]]
  const because =
    own + other === 0
      ? 'nothing on the pages says which'
      : `${own} values can be read in this way only, ${other} in the other`
  return { name, chosen, because, alternatives: all.filter((each) => each !== chosen) }
}
