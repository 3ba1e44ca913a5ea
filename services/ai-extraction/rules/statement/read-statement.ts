import type { Choice, OtherDocument, StatementDocument } from '@pdf-smaller/contracts/extraction'
import { concludeOther, concludeStatement, exponentOf } from '@pdf-smaller/extraction'
import { layOut } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import type { PageWords } from '../../reading/page-words.ts'
import type { Decided } from './account-fields.ts'
import { accountsOf, type AccountParts } from './accounts.ts'
import { decimalMarkOf, type PrintedAmount } from './amounts.ts'
import type { PrintedDay } from './dates.ts'
import { dateOrderOf, spanBefore, yearNamed } from './calendar.ts'
import { currencyFor, type CurrencyFound } from './currency.ts'
import { gateOf } from './gate.ts'
import { Grounded } from './grounded.ts'
import { identitiesOf } from './identity.ts'
import { markedLines, type MarkedLine } from './marked-lines.ts'
import { bankOf, holderOf } from './parties.ts'
import { periodOf } from './period.ts'
import type { Units } from './readings.ts'
import { bestReading } from './best-reading.ts'
import { partsOf } from './part-reader.ts'
import { statementFields } from './statement-fields.ts'
import { tablesOf, transactionHeaders } from './tables.ts'

/** What only statements of credit cards say. */
const cardWords =
  /minimum payment|credit card statement|minimum amount due|mindestbetrag|kreditkartenabrechnung|paiement minimum|pago minimo|minimale betaling|pagamento minimo|importo minimo/

/**
 * Reads a bank statement by rules, without a model. Each thing that can be read in several ways is
 * decided once for the whole document, by the reading under which its sums hold. What is no bank
 * statement comes back with the reasons and without any field.
 */
export function readStatement(pages: readonly PageWords[]): StatementDocument | OtherDocument {
  const layout = layOut(pages)
  const lines = markedLines(layout)
  const tables = tablesOf(lines, transactionHeaders(layout.lines))
  const found = accountsOf(partsOf(lines, tables), identitiesOf(lines, layout.cells))
  const outside = withoutRows(lines, found)
  const isCard = outside.some(({ line }) => cardWords.test(plain(line.text)))
  const currencies = found.map((account) => currencyFor(account, lines))
  const { units, choice: mark } = unitsOf(found, currencies)
  const { reading, evidence, accounts, choice: sign, mirrored } = bestReading(found, units, isCard)
  const names = outside.filter(({ index }) => !tables[index]?.header).map(({ cells }) => cells)
  const bank = bankOf(names)
  const gate = gateOf(lines, accounts, bank, evidence, isCard)
  const read = { pages: pages.map(({ number }) => number), gate }
  if (!gate.accepted) return concludeOther({ ...read, documentType: 'unknown', choices: [] })
  const rows = accounts.flatMap(({ rows }) => rows)
  const periods = { dmy: periodOf(outside, 'dmy'), mdy: periodOf(outside, 'mdy') }
  const { order, choice } = dateOrderOf(
    [
      ...rows.flatMap(({ dates }) => dates.map(({ date }) => date)),
      ...outside.flatMap(({ dates }) => dates.filter(hasYear)),
    ],
    rows,
    { dmy: periods.dmy?.span ?? null, mdy: periods.mdy?.span ?? null },
    units.currency,
  )
  const period = periods[order]
  const span = period?.span ?? spanBefore(outside, order) ?? yearNamed(outside)
  const decided: Decided = { reading, units, order, span }
  const choices = [
    mark,
    choice,
    yearChoice(accounts, decided),
    sign,
    ...currencies.map((found) => found?.choice ?? null),
  ].filter((choice) => choice !== null)
  const make = new Grounded(pages)
  const statement = statementFields({
    names,
    accounts,
    currencies,
    decided,
    period,
    bank,
    holder: holderOf(names, bank),
    make,
  })
  const document = concludeStatement({ ...read, documentType: 'bank-statement', choices }, statement)
  const isOpen = mirrored && document.reconciled === true
  return isOpen
    ? { ...document, reconciled: null, why: 'Nothing says which of its columns is money in' }
    : document
}

/** Outside of rows numbers of two parts are mostly no dates. */
const hasYear = ({ readings }: PrintedDay) => readings.some(({ year }) => year !== null)

function withoutRows(lines: readonly MarkedLine[], accounts: readonly AccountParts[]): MarkedLine[] {
  const rows = new Set(
    accounts.flatMap(({ rows }) =>
      rows.flatMap(({ lines, line }) => [line, ...lines.map(({ index }) => index)]),
    ),
  )
  return lines.filter(({ index }) => !rows.has(index))
}

function unitsOf(
  accounts: readonly AccountParts[],
  currencies: readonly (CurrencyFound | null)[],
): { units: Units; choice: Choice } {
  const currency = currencies.find((found) => found !== null)?.code ?? null
  const { mark, votes } = decimalMarkOf(accounts.flatMap(amountsIn), exponentOf(currency))
  const other = mark === '.' ? ',' : '.'
  const because = `${votes[mark]} amounts are printed with it, ${votes[other]} with the other`
  const isTie = votes[mark] > 0 && votes[mark] === votes[other]
  return {
    units: { mark, currency },
    choice: {
      name: 'decimal-mark',
      chosen: mark,
      because,
      alternatives: [other],
      ...(isTie ? { undecided: true as const } : {}),
    },
  }
}

function amountsIn({ rows, figures }: AccountParts): PrintedAmount[] {
  return [
    ...rows.flatMap(({ money }) => money.map(({ amount }) => amount)),
    ...figures.map(({ figure }) => figure.amount),
  ]
}

function yearChoice(accounts: readonly AccountParts[], { span }: Decided): Choice | null {
  const open = accounts.some(({ rows }) =>
    rows.some(({ dates }) => dates[0]?.date.readings.every(({ year }) => year === null)),
  )
  if (!open || !span) return null
  return {
    name: 'year',
    chosen:
      span.from.slice(0, 4) === span.to.slice(0, 4)
        ? span.to.slice(0, 4)
        : `${span.from.slice(0, 4)}/${span.to.slice(0, 4)}`,
    because: 'rows print no year, and lie in the period of the statement',
    alternatives: [],
  }
}
