import { currencyOf } from '../values/currencies.ts'

/** What stands at an amount and belongs to it. */
export type AroundAmount = {
  /** The sign that is printed: before, behind, or as parentheses. */
  sign: '+' | '-' | null
  /** The side of an account: CR, H, Bij, … or DR, S, Af, … */
  side: 'credit' | 'debit' | null
  /** An ISO 4217 code; 'ambiguous' for a sign of several currencies, such as `$`. */
  currency: string | null
}

const credit = ['CR', 'C', 'H', 'HABEN', 'BIJ', 'CREDIT', 'CRÉDIT', 'CRÉD', 'CT', 'AVERE', 'HABER']
const debit = ['DR', 'D', 'DB', 'S', 'SOLL', 'AF', 'DEBIT', 'DÉBIT', 'DÉB', 'DT', 'OD', 'DARE', 'DEBE']
const sides = new Map<string, 'credit' | 'debit'>([
  ...credit.map((word) => [word, 'credit'] as const),
  ...debit.map((word) => [word, 'debit'] as const),
])

/** Digits and their marks, with at most one thing that is none before and behind. */
const parts = /^([^\d.,]*)([\d.,][\d., ']*?)([^\d]*)$/
/** `12,-` and `12,--` are 12,00. */
const noCents = /^(.*\d)([.,]) ?[-–—]{1,2}(?=$|[^\d])/

/**
 * Takes an amount apart: the digits with their marks, and what stands around them. `core` is empty where something
 * stands there that does not belong to an amount.
 */
export function withoutSurroundings(text: string): AroundAmount & { core: string } {
  const even = text
    .replaceAll(/[\s\u00A0\u2000-\u200A\u202F]+/g, ' ')
    .replaceAll(/[’‘`´]/g, "'")
    .trim()
    .replace(noCents, '$1$200')
  const [, before = '', core = '', behind = ''] = parts.exec(even) ?? []
  const around: AroundAmount = { sign: null, side: null, currency: null }
  const inParentheses = before.includes('(') && behind.includes(')')
  const known =
    takeIn(inParentheses ? before.replace('(', '') : before, around, false) &&
    takeIn(inParentheses ? behind.replace(')', '') : behind, around, true)
  if (inParentheses) around.sign = '-'
  return { ...around, core: known ? core : '' }
}

/** @returns whether all of it belongs to an amount */
function takeIn(text: string, around: AroundAmount, isBehind: boolean): boolean {
  const spaced = text.replaceAll(/([-+\u2010-\u2015\u2212\uFE63\uFF0D*])/g, ' $1 ')
  return spaced.split(' ').every((word) => word === '' || takeWord(word, around, isBehind))
}

function takeWord(word: string, around: AroundAmount, isBehind: boolean): boolean {
  if (word === '*') return isBehind
  if (/^[-+\u2010-\u2015\u2212\uFE63\uFF0D]$/.test(word)) {
    const isFirst = around.sign === null
    around.sign = word === '+' ? '+' : '-'
    return isFirst
  }
  const currency = currencyOf(word)
  if (currency !== undefined && [null, 'ambiguous', currency].includes(around.currency)) {
    around.currency = currency === 'ambiguous' ? (around.currency ?? currency) : currency
    return true
  }
  const side = sides.get(word.replace(/\.$/, '').toUpperCase())
  // A single letter before digits is the beginning of a number of another kind.
  if (side === undefined || around.side !== null || (!isBehind && word.length === 1)) return false
  around.side = side
  return true
}
