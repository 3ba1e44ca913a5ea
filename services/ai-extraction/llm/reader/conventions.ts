import type { Choice } from '@pdf-smaller/contracts/extraction'
import { amountReadings, dateReadings, type DecimalMark, exponentOf } from '@pdf-smaller/extraction'

export type DateOrder = 'dmy' | 'mdy'

/** How a whole document writes numbers and dates. */
export type Conventions = { mark: DecimalMark; order: DateOrder; choices: Choice[] }

/**
 * Decides once for a document what its decimal mark is and which number of its dates is the month, by what it has that says
 * it: an amount that can be read in one way only, a day above 12. Where no amount says it, the decimals of the currency do.
 * @param currency ISO 4217, null where it is not known
 */
export function conventionsOf(
  amounts: readonly string[],
  dates: readonly string[],
  currency: string | null,
): Conventions {
  const marks = amounts.map((text) => new Set(amountReadings(text).map(({ mark }) => mark)))
  const only = (mark: DecimalMark) => marks.filter((set) => set.size === 1 && set.has(mark)).length
  const [commas, dots] = [only(','), only('.')]
  const orders = dates.map((text) => new Set(dateReadings(text).map(({ order }) => order)))
  const ordered = (order: DateOrder) => orders.filter((set) => set.size === 1 && set.has(order)).length
  const [dayFirst, monthFirst] = [ordered('dmy'), ordered('mdy')]
  const likely = commas + dots > 0 ? null : markByCurrency(amounts, currency)
  const mark = likely ?? (commas > dots ? ',' : '.')
  const order = monthFirst > dayFirst ? 'mdy' : 'dmy'
  const isOpen = (set: ReadonlySet<unknown>) => set.size > 1
  return {
    mark,
    order,
    choices: [
      ...(marks.some(isOpen)
        ? [
            {
              ...choiceOf('decimal-mark', mark, ['.', ','], [dots, commas]),
              ...(commas === dots && likely === null ? { undecided: true as const } : {}),
            },
          ]
        : []),
      ...(orders.some(isOpen) ? [choiceOf('date-order', order, ['dmy', 'mdy'], [dayFirst, monthFirst])] : []),
    ],
  }
}

/** Three digits behind the only mark are thousands, unless the currency has as many decimals. */
function markByCurrency(amounts: readonly string[], currency: string | null): DecimalMark | null {
  if (currency === null) return null
  const behind = exponentOf(currency) === 3 ? 3 : 0
  const fits = (mark: DecimalMark) =>
    amounts.filter((text) => {
      const readings = amountReadings(text)
      return readings.length > 1 && readings.some((one) => one.mark === mark && one.decimals === behind)
    }).length
  const [commas, dots] = [fits(','), fits('.')]
  return commas === dots ? null : commas > dots ? ',' : '.'
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
