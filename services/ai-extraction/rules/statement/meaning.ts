import {
  balanceWord,
  carryPhrase,
  closingPhrase,
  creditWords,
  dailyBalancePhrase,
  debitWords,
  fillers,
  openingPhrase,
  totalWord,
} from './line-words.ts'

/** What the words of a line say of its figures, or of the lines below it. */
export type Meaning =
  | { kind: 'opening' | 'closing' | 'balance' | 'carry' | 'daily-balances' | 'text' }
  /** The sum of one side, or of both where a line gives both. */
  | { kind: 'total'; side: 'credit' | 'debit' | null }
  /** Nothing but words for one side: the title of a section, or a line of a summary. */
  | { kind: 'side'; side: 'credit' | 'debit' }

/** `text`: the words of the line besides dates and amounts, in small letters without accents. */
export function meaningOf(text: string, amounts: number): Meaning {
  const words = text.split(' ').filter((word) => /\p{L}/u.test(word))
  const short = words.join(' ')
  if (words.length === 0 || words.length > 12) return { kind: 'text' }
  if (dailyBalancePhrase.test(short)) return { kind: 'daily-balances' }
  const balance = balanceMeaning(short, words.length)
  if (balance) return balance
  return sumMeaning(words, amounts)
}

function balanceMeaning(text: string, words: number): Meaning | null {
  if (carryPhrase.test(text)) return { kind: 'carry' }
  if (openingPhrase.test(text)) return { kind: 'opening' }
  if (closingPhrase.test(text)) return { kind: 'closing' }
  return balanceWord.test(text) && words <= 7 && !otherBalance.test(text) ? { kind: 'balance' } : null
}

/** Limits, averages and what may be drawn are no balance of the account. */
const otherBalance =
  /average|minimum|available|limit|interest|durchschnitt|verfugbar|limit|moyen|disponible|medio|gemiddeld|beschikbaar|disponibile|disponivel|transfer|check|verfugungsrahmen|dispo|payment/

function sumMeaning(words: readonly string[], amounts: number): Meaning {
  const isTotal = totalWord.test(words.join(' '))
  const credit = words.some((word) => creditWords.has(word))
  const debit = words.some((word) => debitWords.has(word))
  const known = words.filter((word) => creditWords.has(word) || debitWords.has(word) || fillers.has(word) || word.length < 3)
  const side = credit === debit ? null : credit ? 'credit' : 'debit'
  if (isTotal && known.length >= words.length - 2) return { kind: 'total', side }
  if (known.length < words.length) return { kind: 'text' }
  // `Payments and other credits` says one side, `Credit card` none: what is left after the fillers decides.
  return side && words.length <= 8 && (amounts > 0 || words.length > 0) ? { kind: 'side', side } : { kind: 'text' }
}
