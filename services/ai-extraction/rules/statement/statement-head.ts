import type { Account, Statement } from '@pdf-smaller/contracts/extraction'
import { isBic } from '@pdf-smaller/extraction'
import { labelled, type CellRows, type Labelled } from '../../layout/labelled.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Word } from '../../reading/page-words.ts'
import { dayIn, type DateOrder } from './calendar.ts'
import { datesOf } from './dates.ts'
import type { Grounded } from './grounded.ts'

const dateLabels = (
  'statement date,date of statement,date issued,issue date,issued on,kontoauszug vom,auszugsdatum,abrechnungsdatum,ausstellungsdatum,erstellt am,datum,date d edition,date du releve,arrete au,date d arrete,' +
  'fecha de emision,fecha emision,fecha del extracto,datum afschrift,afschriftdatum,data emissione,data di emissione,estratto conto al,data de emissao'
).split(',')
const numberLabels = (
  'statement number,statement no,statement nr,sheet number,kontoauszug nr,kontoauszug,auszug nr,auszugsnummer,auszug,extrait de compte n,extrait n,releve de compte n,releve n,releve no,numero de releve,extracto num,extracto n,numero de extracto,' +
  'volgnummer,afschrift nr,afschriftnummer,afschrift nummer,rekeninguittreksel,estratto conto n,numero estratto,extrato n,numero do extrato'
).split(',')
const bicLabels = ['bic', 'swift', 'bic swift', 'swift bic', 'bic code', 'swift code', 'code bic']
const routingLabels = [
  'sort code',
  'blz',
  'bankleitzahl',
  'routing number',
  'routing no',
  'aba',
  'bsb',
  'ifsc',
  'ifsc code',
  'transit number',
  'code guichet',
]

/** What the head says besides parties, account and period: all of it only beside its label. */
export function headFields(
  rows: CellRows,
  order: DateOrder,
  make: Grounded,
): Pick<Statement, 'statementNumber' | 'statementDate'> {
  const first = firstPage(rows)
  const number = wordsAs(labelled(first, numberLabels), /^\d{1,6}(\/\d{2,4})?$/)
  const date = labelled(first, dateLabels).flatMap(({ value, place }) =>
    place === 'below' ? [] : datesOf([value]).map((date) => ({ date, value })),
  )[0]
  const day = date && dayIn(date.date, order, null)
  return {
    ...(number ? { statementNumber: make.text({ ...number, label: 'exact' }, { shape: true }) } : {}),
    ...(date && day
      ? { statementDate: make.day(day, date.value.page, date.date.words, { label: 'exact' }) }
      : {}),
  }
}

/** The codes of the bank that stand with an account's number, from the line where the account begins. */
export function bankCodes(rows: CellRows, make: Grounded): Pick<Account, 'bic' | 'routingCode'> {
  const first = firstPage(rows)
  const bic = wordsAs(labelled(first, bicLabels), /^[A-Z0-9]{8}([A-Z0-9]{3})?$/)
  const routing = wordsAs(labelled(first, routingLabels), /^[A-Z]{0,4}[\d -]{5,11}$/)
  return {
    ...(bic ? { bic: make.text({ ...bic, label: 'exact' }, { shape: isBic(bic.value) }) } : {}),
    ...(routing ? { routingCode: make.text({ ...routing, label: 'exact' }, { shape: true }) } : {}),
  }
}

function firstPage(rows: CellRows): CellRows {
  return rows.filter((cells) => cells[0]?.page === rows[0]?.[0]?.page).slice(0, 60)
}

/** The most words at the beginning of a value that together have the shape, without blanks. */
function wordsAs(
  found: readonly Labelled[],
  shape: RegExp,
): { value: string; page: number; words: Word[] } | null {
  for (const { value, place } of found) {
    if (place === 'below') continue
    const from = value.words.findIndex(
      ({ text }) => plain(text) !== '' && !/^(nr|no|n[°º]|num|number)[.:]?$/i.test(text),
    )
    for (const length of from < 0 ? [] : [4, 3, 2, 1]) {
      const words = value.words.slice(from, from + length)
      const text = words
        .map((word) => word.text)
        .join('')
        .replace(/[,;:.]$/, '')
      if (shape.test(text)) return { value: text, page: value.page, words }
    }
  }
  return null
}
