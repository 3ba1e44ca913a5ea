import { amountReadings, type DecimalMark, moneyOf, readAmount } from '@pdf-smaller/extraction'
import { boxAround, type Box } from '../../layout/boxes.ts'
import { letterSize } from '../../layout/cells.ts'
import type { Line } from '../../layout/lines.ts'
import type { Word } from '../../reading/page-words.ts'

/** An amount as it is printed in a line: its sign may stand before it, behind it, or in a word of its own. */
export type PrintedAmount = {
  /** All that belongs to it, with sign, side and currency. */
  raw: string
  words: Word[]
  /** Around the digits alone, so that signs behind do not move a right edge. */
  box: Box
  sign: '+' | '-' | null
  side: 'credit' | 'debit' | null
  /** ISO 4217, `ambiguous` as for `$`, or null. */
  currency: string | null
  /** The first word and the one after the last, in the line. */
  from: number
  to: number
}

/** Digits with two decimals, in any grouping, with what may stand close around them. */
const shape =
  /^[^\p{L}\d.,]{0,3}(?:[A-Z]{0,3}[$€£]|[A-Z]{3})?[-+−–]?(?:\d{1,3}(?:[.,'’\s]\d{2,3})+|\d+|)[.,]\d{2}(?!\d)/u
/** The same without decimals: in groups of three, or a number alone. */
const wholeShape =
  /^[^\p{L}\d.,]{0,3}(?:[A-Z]{0,3}[$€£¥]|[A-Z]{3})?[-+−–]?\d{1,3}(?:[.,'’]\d{3})+[^\d.,]{0,3}$/u
const plainNumber = /^[-+−–(]?[$€£¥]?\d{1,3}\)?$/
const groupBefore = /^[-+−–(]?[$€£]?\d{1,3}$/
const groupsAfter = /^\d{3}(?:[.,]\d{2}\D{0,3})?$/
const lone = /^(?:[-+−–*(]|[$€£₹]|[A-Z]{1,2}\$|[A-Z]{3}|Fr\.)$/
const behind = /^(?:[-+−–)*]|[$€£₹]|[A-Z]{3}|Euro|[A-Za-zé]{1,7}\.?)$/

/**
 * The amounts of a line from left to right; dates and numbers without decimals are none.
 */
export function amountsOf(line: Line, style: AmountStyle): PrintedAmount[] {
  const size = letterSize(line.words)
  const amounts: PrintedAmount[] = []
  for (let at = 0; at < line.words.length; at++) {
    const found = amountAt(line.words, at, amounts.at(-1)?.to ?? 0, { size, ...style })
    if (!found) continue
    amounts.push(found)
    at = found.to - 1
  }
  return amounts
}

/** The amount in the smallest unit, without its sign; null where it is none with this mark. */
export function magnitudeOf(
  amount: PrintedAmount,
  mark: DecimalMark,
  currency: string | null,
): bigint | null {
  const reading = readAmount(amount.raw, mark)
  const money = reading && moneyOf(reading.value, currency)
  if (!money) return null
  const minor = BigInt(money.minor)
  return minor < 0n ? -minor : minor
}

/**
 * Which mark stands before the decimals: what most amounts of the document say.
 * @param decimals as many as the currency has: with three, three digits behind a mark are no thousands
 */
export function decimalMarkOf(
  amounts: readonly PrintedAmount[],
  decimals: number,
): {
  mark: DecimalMark
  votes: Record<DecimalMark, number>
} {
  const votes: Record<DecimalMark, number> = { '.': 0, ',': 0 }
  for (const { raw } of amounts) {
    const [, last, behind = ''] = /([.,])(\d{2,3})\D*$/.exec(raw) ?? []
    // What parts groups of three is not the decimal mark, so the other one is.
    if (last !== '.' && last !== ',') continue
    votes[behind.length === 2 || behind.length === decimals ? last : last === '.' ? ',' : '.']++
  }
  return { mark: votes[','] > votes['.'] ? ',' : '.', votes }
}

/** How a document prints amounts, one for all of them. */
export type AmountStyle = {
  /** Thousands are parted by blanks, so that `1 234,56` is one amount. */
  blanks: boolean
  /** Amounts have no decimals, as in yen. */
  whole: boolean
}

/** Thousands are not parted by blanks where amounts above them are printed in another way. */
export function amountStyleOf(lines: readonly Line[]): AmountStyle {
  const votes = { blank: 0, other: 0, decimals: 0, whole: 0 }
  for (const { words } of lines) {
    for (const [at, { text }] of words.entries()) {
      if (/\d[.,]\d{2}\D{0,3}$/.test(text)) votes.decimals++
      if (wholeShape.test(text)) votes.whole++
      if (/^\D{0,2}(?:\d{4,}|\d{1,3}(?:[.,'’]\d{3})+)[.,]\d{2}\D{0,3}$/.test(text)) votes.other++
      else if (/^\d{3}[.,]\d{2}\D{0,3}$/.test(text) && groupBefore.test(words[at - 1]?.text ?? ''))
        votes.blank++
    }
  }
  return { blanks: votes.blank > votes.other, whole: votes.whole > 4 * votes.decimals }
}

type Setting = AmountStyle & { size: number }

/** Whether thousands are parted by blanks: not where amounts above them are printed in another way. */
export function partsByBlanks(lines: readonly Line[]): boolean {
  const votes = { blank: 0, other: 0 }
  for (const { words } of lines) {
    for (const [at, { text }] of words.entries()) {
      if (/^\D{0,2}(?:\d{4,}|\d{1,3}(?:[.,'’]\d{3})+)[.,]\d{2}\D{0,3}$/.test(text)) votes.other++
      else if (/^\d{3}[.,]\d{2}\D{0,3}$/.test(text) && groupBefore.test(words[at - 1]?.text ?? ''))
        votes.blank++
    }
  }
  return votes.blank > votes.other
}

function amountAt(words: readonly Word[], at: number, least: number, setting: Setting): PrintedAmount | null {
  const { size } = setting
  const span = digitsAt(words, at, setting)
  if (!span) return null
  let [from, to] = [at, span]
  const text = () => rawOf(words.slice(from, to))
  const reads = (begin: number, end: number) => {
    const raw = rawOf(words.slice(begin, end))
    return raw.length <= 40 && amountReadings(raw).length > 0
  }
  if (!reads(from, to)) return null
  while (
    from > least &&
    isBefore(words, from - 1, size) &&
    lone.test(words[from - 1]?.text ?? '') &&
    reads(from - 1, to)
  )
    from--
  while (
    to < words.length &&
    behind.test(words[to]?.text ?? '') &&
    isBehind(words, to, size) &&
    reads(from, to + 1)
  )
    to++
  const [reading] = amountReadings(text())
  if (!reading) return null
  const { sign, side, currency } = reading
  const own = words.slice(from, to)
  return { raw: text(), words: own, box: digitsBox(words.slice(at, span)), sign, side, currency, from, to }
}

/** The words of an amount; a recogniser may see a blank behind the decimal mark. */
function rawOf(words: readonly Word[]): string {
  return words
    .map((word) => word.text)
    .join(' ')
    .replace(/([.,]) (?=\d{2}(?!\d))| (?=[.,]\d{2}(?!\d))/, '$1')
}

/** The word after the digits that begin here; groups of thousands may be words of their own. */
function digitsAt(words: readonly Word[], at: number, { size, blanks, whole }: Setting): number | null {
  const text = words[at]?.text ?? ''
  if (text.length > 40 || !/\d/.test(text)) return null
  if (shape.test(text) || (whole && isWhole(words, at, size))) return at + 1
  if (isParted(words, at, size)) return at + 2
  if (!blanks || !groupBefore.test(text)) return null
  for (let to = at + 1; to < at + 4; to++) {
    const next = words[to]
    if (!next || gapBefore(words, to) > 0.65 * size || !groupsAfter.test(next.text)) return null
    if (/[.,]/.test(next.text)) return to + 1
  }
  return null
}

/** A recogniser may see a blank at the decimal mark: `42, 75` and `2.321 ,50`. */
function isParted(words: readonly Word[], at: number, size: number): boolean {
  const [text, next] = [words[at]?.text ?? '', words[at + 1]?.text ?? '']
  const behind = /^[-+(]?\d[\d.,']*[.,]$/.test(text) && /^\d{2}\D{0,3}$/.test(next)
  const before = /^[-+(]?\d[\d.,']*$/.test(text) && /^[.,]\d{2}\D{0,3}$/.test(next)
  return (behind || before) && gapBefore(words, at + 1) < 0.9 * size
}

/** A whole amount has groups, or stands in a cell of its own. */
function isWhole(words: readonly Word[], at: number, size: number): boolean {
  const text = words[at]?.text ?? ''
  if (wholeShape.test(text)) return true
  const isAlone =
    gapBefore(words, at) > 0.9 * size && (at + 1 === words.length || gapBefore(words, at + 1) > 0.9 * size)
  return at > 0 && isAlone && plainNumber.test(text)
}

const gapBefore = (words: readonly Word[], at: number) =>
  (words[at]?.box.l ?? Infinity) - (words[at - 1]?.box.r ?? -Infinity)

/** Signs and currencies set to the left edge of their column stand far before the digits, and alone. */
function isBefore(words: readonly Word[], at: number, size: number): boolean {
  if (isClose(words, at, size)) return true
  const isAlone = at === 0 || gapBefore(words, at) > 0.9 * size
  return isAlone && /^[-+−–$€£]$/.test(words[at]?.text ?? '') && gapBefore(words, at + 1) < 7 * size
}

const isClose = (words: readonly Word[], at: number, size: number) => gapBefore(words, at + 1) < 1.3 * size

/** A side may stand in a narrow column of its own, some letters away; but text that goes on is none. */
function isBehind(words: readonly Word[], at: number, size: number): boolean {
  const gap = gapBefore(words, at)
  if (/^[-+−–)*$€£₹]$/.test(words[at]?.text ?? '')) return gap < (at + 1 === words.length ? 3 : 1.3) * size
  return (
    gap < 6 * size && (at + 1 === words.length || gapBefore(words, at + 1) > 0.9 * size || gap < 0.1 * size)
  )
}

/** What stands before the first digit and after the last takes its share of the width away. */
function digitsBox(words: readonly Word[]): Box {
  const box = boxAround(words.map((word) => word.box))
  const [first, last] = [words[0], words.at(-1)]
  if (!first || !last) return box
  const lead = /^[^\d.,]*/.exec(first.text)?.[0].length ?? 0
  const tail = /[^\d]*$/.exec(last.text)?.[0].length ?? 0
  const step = ({ box, text }: Word) => (box.r - box.l) / text.length
  return { ...box, l: box.l + lead * step(first), r: box.r - tail * step(last) }
}
