import { findIbans, type PrintedIban } from '@pdf-smaller/extraction'
import type { Box } from '../../layout/boxes.ts'
import { labelled, type CellRows } from '../../layout/labelled.ts'
import { plain } from '../../layout/plain-text.ts'
import { wordsAt } from '../../layout/words-at.ts'
import type { Word } from '../../reading/page-words.ts'
import type { MarkedLine } from './marked-lines.ts'

/** Something printed, with the words it is made of. */
export type Printed = {
  value: string
  page: number
  words: Word[]
  label: 'exact' | 'near' | 'none'
  valid?: boolean
}

/** What a line says of the account it is about. */
export type Identity = { line: number; iban: Printed | null; number: Printed | null }

/** Labels that name nothing but an account's number. */
const numberLabels = list(
  'account number,member number,member no,membership number,account ending in,ending in,account ending,card ending in,account number ending in,account number s,kontonummer iban,account no,account nr,account num,acct no,acct number,acct,a c no,a c number,account number iban,checking account number,card number,card account number,credit card number,' +
    'konto nr,kontonr,kontonummer,konto nummer,kartennummer,karten nr,kreditkartennummer,numero de compte,numero compte,no de compte,n de compte,compte n,compte no,compte numero,compte de depot n,compte cheque n,compte courant n,n compte,' +
    'numero de carte,carte n,numero de cuenta,num de cuenta,n de cuenta,no de cuenta,numero cuenta,cuenta n,cuenta no,cuenta num,num cuenta,n cuenta,c c n,cta,numero de tarjeta,cuenta corriente n,rekeningnummer,rekening nummer,rekeningnr,rekening nr,kaartnummer,' +
    'numero conto,n conto,numero di conto,conto n,conto corrente n,conto corrente numero,c c,numero di c c,rapporto n,rapporto,numero rapporto,numero carta,numero da conta,numero de conta,n da conta,conta n,conta no,conta numero,numero conta,conta d o',
)
/** Labels that also begin sentences: a value must follow in the same line. */
const shortLabels = list(
  'compte courant,compte de depot,compte cheque,compte cheques,compte,girokonto,sparkonto,tagesgeldkonto,cuenta corriente,cuenta de ahorro,conto corrente,conta corrente,conta a ordem,betaalrekening,spaarrekening,current account,checking account,savings account,checking,savings,acct,account,konto,compte,cuenta,rekening,conto,conta,a c,card',
)
const aDate = /^\d{1,2}([./-])\d{1,2}\1\d{2,4}$/
const number = /^(?:[\dX*•x]{2,}|\d)[\dX*•x]*(?:[-./][\dX*•x]+)*$/

/** The IBANs and account numbers of a document, by line. */
export function identitiesOf(lines: readonly MarkedLine[], cells: CellRows): Map<number, Identity> {
  const found = new Map<number, Identity>()
  const at = (line: number) => {
    const identity = found.get(line) ?? { line, iban: null, number: null }
    found.set(line, identity)
    return identity
  }
  for (const { index, line } of lines) {
    for (const { start, end, iban, valid } of ibansIn(line.text)) {
      const words = wordsAt(line.words, start, end)
      const before = plain(line.text.slice(0, start))
      // Without a label wrong check digits are no IBAN at all.
      if (!valid && !/iban|kont|compte|cuenta|rekening|conto|conta/.test(before)) continue
      at(index).iban ??= {
        value: iban,
        page: line.page,
        words,
        label: before.endsWith('iban') ? 'exact' : 'near',
        valid,
      }
    }
  }
  const named = [
    ...labelled(cells, numberLabels),
    ...labelled(cells, shortLabels).filter(({ place }) => place !== 'below'),
  ]
  for (const { line, value, label } of named) {
    // Four digits alone may be a year.
    const read = numberIn(value.words, shortLabels.includes(label) ? 5 : 4)
    if (!read || found.get(line)?.number) continue
    at(line).number = { ...read, page: value.page, label: shortLabels.includes(label) ? 'near' : 'exact' }
  }
  return found
}

/** As they are printed; with digits for letters where only so the check digits are right. */
function ibansIn(text: string): PrintedIban[] {
  const printed = findIbans(text)
  const read = findIbans(withDigits(text)).filter(({ valid }) => valid)
  const overlaps = (one: PrintedIban, other: PrintedIban) => one.start < other.end && other.start < one.end
  const better = read.filter((one) => !printed.some((other) => other.valid && overlaps(one, other)))
  return [...better, ...printed.filter((one) => !better.some((other) => overlaps(one, other)))]
}

/** A recogniser reads the check digits behind a country as letters now and then. */
function withDigits(text: string): string {
  return text.replaceAll(
    /\b([A-Z]{2})([\dOI]{2})(?= ?[A-Z\d]{4})/g,
    (_, country: string, digits: string) => country + digits.replaceAll('O', '0').replaceAll('I', '1'),
  )
}

/** The number that a value begins with; groups of digits may stand apart. */
function numberIn(words: readonly Word[], least: number): { value: string; words: Word[] } | null {
  const texts = words.map(({ text }) => text)
  const mark = texts
    .slice(0, 4)
    .findLastIndex((text) => /^(n|nr|no|num|numero|number|n[°º]|#)[.:]?$/i.test(text))
  const first = mark < 0 ? texts.findIndex((text) => plain(text) !== '') : mark + 1
  const taken: Word[] = []
  for (const word of words.slice(Math.max(0, first))) {
    if (
      !number.test(trimmed(word.text)) ||
      aDate.test(word.text) ||
      (taken.length > 0 && isFar(taken.at(-1)?.box, word.box))
    )
      break
    taken.push(word)
    if (/[,;:]$/.test(word.text)) break
  }
  const value = taken.map(({ text }) => trimmed(text)).join('')
  const digits = value.replaceAll(/\D/g, '').length
  const isDate = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(value)
  return digits >= 4 &&
    value.length >= least &&
    value.length <= 30 &&
    !isDate &&
    !/^\d+[.,]\d{2}$|^\d{1,3}\/\d{2,4}$/.test(value)
    ? { value, words: taken }
    : null
}

const trimmed = (text: string) => text.replaceAll(/^[(:#]+|[),;:]+$/g, '')
const isFar = (last: Box | undefined, next: Box) =>
  last !== undefined && next.l - last.r > 1.1 * (next.b - next.t)

function list(labels: string): string[] {
  return labels.split(',')
}
