import type { Word } from '../../reading/page-words.ts'
import type { PrintedAmount } from './amounts.ts'
import type { PrintedDay } from './dates.ts'
import type { MarkedLine } from './marked-lines.ts'

/** One entry of a list that runs in several columns over the page: a check, or the balance of a day. */
export type Pair = { date: PrintedDay; amount: PrintedAmount; check: Word[] }

/**
 * The entries of such a line, or null where it is none: dates and amounts in turn, at least twice,
 * and no words but numbers. In a table of balances one entry is enough.
 */
export function pairsIn({ dates, amounts, text }: MarkedLine, section: string | null): Pair[] | null {
  const least = section === 'balances' ? 1 : 2
  const own = amounts.filter(
    ({ words }) => !dates.some((date) => date.words.some((word) => words.includes(word))),
  )
  if (own.length < least || own.length !== dates.length) return null
  if (text.some((word) => /\p{L}/u.test(word.text))) return null
  const pairs: Pair[] = []
  let end = -Infinity
  for (const [index, amount] of own.entries()) {
    const date = dates[index]
    if (!date || date.box.l < end || date.box.l > amount.box.l) return null
    const check = text.filter(({ box, text }) => box.l >= end && box.r <= amount.box.l && /\d/.test(text))
    pairs.push({ date, amount, check })
    end = amount.words.at(-1)?.box.r ?? amount.box.r
  }
  return pairs
}
