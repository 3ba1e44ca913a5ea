import { currencyOf, isCurrency } from '@pdf-smaller/extraction'
import type { Choice } from '@pdf-smaller/contracts/extraction'
import { plain } from '../../layout/plain-text.ts'
import type { Word } from '../../reading/page-words.ts'
import type { AccountParts } from './accounts.ts'
import type { MarkedLine } from './marked-lines.ts'

export type CurrencyFound = {
  code: string
  page: number
  words: Word[]
  label: 'exact' | 'near' | 'none'
  choice: Choice | null
}

const label =
  /^(currency|ccy|wahrung|kontowahrung|devise|monnaie|divisa|moneda|munt|valuta|munteenheid|moeda|account currency)$/
const countries: Record<string, string> = {
  GB: 'GBP',
  CH: 'CHF',
  LI: 'CHF',
  PL: 'PLN',
  CZ: 'CZK',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  HU: 'HUF',
  RO: 'RON',
  BG: 'EUR',
}
/** What only the banks of one country print; it says which dollar is meant. */
const dollars: readonly (readonly [RegExp, string])[] = [
  [/\b(bsb|abn|acn|australia)\b/, 'AUD'],
  [/\b(transit|interac|canada|cdic|ontario|toronto|montreal|vancouver)\b/, 'CAD'],
  [/\b(fdic|routing|aba|member fdic|ach|zip|equal housing)\b/, 'USD'],
  [/\b(new zealand|gst nz)\b/, 'NZD'],
  [/\bsingapore\b/, 'SGD'],
  [/\bhong kong\b/, 'HKD'],
]

/** The currency of an account: its label, a code at its name or amounts, else the country of its IBAN. */
export function currencyFor(account: AccountParts, lines: readonly MarkedLine[]): CurrencyFound | null {
  const outside = linesOf(account, lines)
  return (
    labelledCurrency(outside) ??
    printedCurrency(account, outside) ??
    ofCountry(account) ??
    ofDollar(account, lines)
  )
}

/** The lines that are not transactions, nearest to the account first. */
function linesOf(account: AccountParts, lines: readonly MarkedLine[]): MarkedLine[] {
  const rows = new Set(account.rows.flatMap(({ lines }) => lines.map(({ index }) => index)))
  const others = lines.filter(({ index }) => !rows.has(index))
  return [
    ...others.filter(({ index }) => index >= account.line),
    ...others.filter(({ index }) => index < account.line).toReversed(),
  ]
}

function labelledCurrency(lines: readonly MarkedLine[]): CurrencyFound | null {
  for (const { line } of lines) {
    const at = line.words.findIndex(({ text }) => label.test(plain(text)))
    if (at < 0) continue
    const word = line.words.slice(at + 1, at + 4).find(({ text }) => codeOf(text) !== null)
    const code = word && codeOf(word.text)
    if (word && code) return { code, page: line.page, words: [word], label: 'exact', choice: null }
  }
  return null
}

/** `EUR-Girokonto`, `(EUR)`, `Euro`; words of letters that are a code by chance are none. */
function codeOf(text: string): string | null {
  const bare = text.replace(/-\p{L}+$/u, '').replaceAll(/[()[\]:;,.]/g, '')
  if (/^[A-Z]{3}$/.test(bare))
    return isCurrency(bare) && !['ALL', 'TRY', 'MOP', 'TOP', 'LEI'].includes(bare) ? bare : null
  const code = bare.length <= 5 && !/^[A-Z]{1,2}$/i.test(bare) ? currencyOf(bare) : undefined
  return code && code !== 'ambiguous' && !/^(all|try|mop|top|lei)$/i.test(bare) ? code : null
}

function printedCurrency(account: AccountParts, lines: readonly MarkedLine[]): CurrencyFound | null {
  const votes = new Map<string, { count: number; words: Word[]; page: number }>()
  const vote = (code: string, words: Word[], page: number, weight: number) => {
    const known = votes.get(code) ?? { count: 0, words, page }
    votes.set(code, { ...known, count: known.count + weight })
  }
  for (const { figure } of account.figures) {
    const { currency, words } = figure.amount
    if (currency && currency !== 'ambiguous') vote(currency, words, figure.page, 2)
  }
  for (const row of account.rows.slice(0, 200)) {
    for (const { amount } of row.money)
      if (amount.currency && amount.currency !== 'ambiguous') vote(amount.currency, amount.words, row.page, 1)
  }
  for (const { line } of lines.slice(0, 120)) {
    for (const word of line.words) {
      const code = codeOf(word.text)
      if (code) vote(code, [word], line.page, 1)
    }
  }
  const [first] = [...votes].toSorted((a, b) => b[1].count - a[1].count)
  return first
    ? { code: first[0], page: first[1].page, words: first[1].words, label: 'near', choice: null }
    : null
}

function ofCountry({ iban }: AccountParts): CurrencyFound | null {
  if (!iban) return null
  const country = iban.value.slice(0, 2)
  const code = countries[country] ?? 'EUR'
  return {
    code,
    page: iban.page,
    words: [],
    label: 'none',
    choice: chosen(code, `the IBAN is of ${country}, and no currency is printed`),
  }
}

function ofDollar(account: AccountParts, lines: readonly MarkedLine[]): CurrencyFound | null {
  const amounts = [
    ...account.figures.map(({ figure }) => figure.amount),
    ...account.rows.flatMap(({ money }) => money.map(({ amount }) => amount)),
  ]
  const hasDollars =
    lines.some(({ line }) => line.text.includes('$')) ||
    amounts.some(({ currency }) => currency === 'ambiguous')
  if (!hasDollars) return null
  const text = lines.map(({ line }) => plain(line.text)).join(' ')
  const [, code = 'USD'] = dollars.find(([pattern]) => pattern.test(text)) ?? []
  return {
    code,
    page: 1,
    words: [],
    label: 'none',
    choice: chosen(code, 'amounts are in dollars, and the rest of the document is of that country'),
  }
}

function chosen(code: string, because: string): Choice {
  return { name: 'currency', chosen: code, because, alternatives: [] }
}
