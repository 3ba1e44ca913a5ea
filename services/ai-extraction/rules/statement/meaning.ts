import {
  balanceWord,
  carryPhrase,
  closingPhrase,
  creditWords,
  dailyBalancePhrase,
  debitWords,
  fillers,
  inPhrase,
  openingPhrase,
  outPhrase,
  totalWord,
  wholeSide,
} from './line-words.ts'

/** What the words of a line say of its figures, or of the lines below it. */
export type Meaning =
  /** `atStart`: the words begin with it, as the text of a transaction hardly does. */
  | { kind: 'opening' | 'closing' | 'balance' | 'carry'; atStart: boolean }
  | { kind: 'daily-balances' | 'text' }
  /** The sum of one side, or of both where a line gives both. */
  | { kind: 'total'; side: 'credit' | 'debit' | null }
  /** Nothing but words for one side: the title of a section, or a line of a summary; `whole` where it says all of it. */
  | { kind: 'side'; side: 'credit' | 'debit'; whole: boolean }

/** `text`: the words of a line besides dates and amounts, in small letters without accents. */
export function meaningOf(text: string): Meaning {
  const words = text.split(' ').filter((word) => /\p{L}/u.test(word))
  const short = words.join(' ')
  if (words.length === 0 || words.length > 12) return { kind: 'text' }
  if (dailyBalancePhrase.test(short)) return { kind: 'daily-balances' }
  return balanceMeaning(short, words.length) ?? sumMeaning(words)
}

function balanceMeaning(text: string, words: number): Meaning | null {
  const meaning = (kind: 'opening' | 'closing' | 'balance' | 'carry', phrase: RegExp): Meaning | null => {
    const found = phrase.exec(text)
    return found ? { kind, atStart: text.slice(0, found.index).trim().length <= 12 } : null
  }
  if (otherBalance.test(text)) return null
  const named =
    meaning('carry', carryPhrase) ?? meaning('opening', openingPhrase) ?? meaning('closing', closingPhrase)
  return named ?? (words <= 7 ? meaning('balance', balanceWord) : null)
}

/** Limits, averages and what may be drawn are no balance of the account. */
const otherBalance =
  /average|minimum|available|\blimit\b|interest|durchschnitt|verfugbar|moyen|disponible|medio|gemiddeld|beschikbaar|disponibile|disponivel|\btransfer\b|\bcheck\b|verfugungsrahmen|\bdispo\b|\bpayment\b/

function sumMeaning(words: readonly string[]): Meaning {
  const text = words.join(' ')
  const [comesIn, goesOut] = [inPhrase.test(text), outPhrase.test(text)]
  const isNamed = comesIn !== goesOut
  const credit = isNamed ? comesIn : words.some((word) => creditWords.has(word))
  const debit = isNamed ? goesOut : words.some((word) => debitWords.has(word))
  const known = words.filter(
    (word) =>
      creditWords.has(word) ||
      debitWords.has(word) ||
      fillers.has(word) ||
      totalWord.test(word) ||
      (isNamed && word === 'money') ||
      word.length < 3,
  )
  const side = credit === debit ? null : credit ? 'credit' : 'debit'
  const isTotal = totalWord.test(text)
  if (isTotal && known.length >= words.length - (words.length > 4 ? 1 : 0)) return { kind: 'total', side }
  return side && known.length === words.length && words.length <= 8
    ? { kind: 'side', side, whole: wholeSide.test(text) }
    : { kind: 'text' }
}
