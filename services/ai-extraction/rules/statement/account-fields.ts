import type { Account, Transaction } from '@pdf-smaller/contracts/extraction'
import { derivedField } from '@pdf-smaller/extraction'
import type { AccountParts } from './accounts.ts'
import { dayIn, type DateOrder, type Span } from './calendar.ts'
import type { CurrencyFound } from './currency.ts'
import type { PrintedDay } from './dates.ts'
import type { Grounded } from './grounded.ts'
import { amountOf, figureBalance, rowBalance, type Reading, type Units } from './readings.ts'
import { rowTextOf, type RowText } from './row-text.ts'
import type { Figure, Row } from './parts.ts'
import { contradictionsOf, endsOf, statedSums } from './sums.ts'

/** All that was decided for the document as a whole. */
export type Decided = { reading: Reading; units: Units; order: DateOrder; span: Span | null }

/** The fields of an account, out of its parts and what was decided for the document. */
export function accountFields(
  parts: AccountParts,
  decided: Decided,
  currency: CurrencyFound | null,
  make: Grounded,
): Account {
  const units = { ...decided.units, currency: currency?.code ?? null }
  const own = { ...decided, units }
  const transactions = parts.rows
    .flatMap((row) => transactionOf(row, own, make))
    .map((row, index) => ({ seq: index + 1, ...row }))
  const { opening, closing } = endsOf(parts)
  const iban = parts.iban && make.text(parts.iban, { shape: true })
  const amounts = transactions.map(({ amount }) => amount)
  return {
    ...(iban ? { iban } : {}),
    ...(parts.number ? { accountNumber: make.text(parts.number, { shape: true }) } : {}),
    ...(currency ? { currency: currencyField(currency, iban ? [iban] : amounts.slice(0, 1), make) } : {}),
    ...balance('openingBalance', opening, own, make),
    ...balance('closingBalance', closing, own, make),
    ...totals(parts, transactions, units, make),
    carryForwards: [
      ...parts.figures.filter(
        ({ figure }) => figure.meaning.kind === 'carry' && !isOf(figure, opening) && !isOf(figure, closing),
      ),
      ...contradictionsOf(parts, own.reading, units),
    ].flatMap(({ figure, afterRows }) => carryOf(figure, afterRows, own, make)),
    transactions,
  }
}

function currencyField(
  { code, page, words, label }: CurrencyFound,
  from: Parameters<typeof derivedField>[1],
  make: Grounded,
) {
  if (words.length === 0) return derivedField(code, from)
  return make.field(code, page, [words], { label, shape: true })
}

function balance(
  name: 'openingBalance' | 'closingBalance',
  figure: Figure | null,
  { reading, units, order, span }: Decided,
  make: Grounded,
): Partial<Account> {
  const minor = figure && figureBalance(figure, reading, units)
  if (!figure || minor === null) return {}
  const label = figure.meaning.kind === 'opening' || figure.meaning.kind === 'closing' ? 'exact' : 'near'
  const field = make.money(minor, units.currency, figure.page, figure.amount.words, { label })
  const day = figure.date && dayIn(figure.date, order, span)
  if (!day || !figure.date) return { [name]: field }
  const date = make.day(day, figure.page, figure.date.words, { label: 'near' })
  return { [name]: field, [name === 'openingBalance' ? 'openingDate' : 'closingDate']: date }
}

/** Totals that the document states: one that its rows make, else the only one that is called a total, or a whole side. */
function totals(
  parts: AccountParts,
  transactions: Omit<Transaction, 'seq'>[],
  units: Units,
  make: Grounded,
): Partial<Account> {
  const stated = statedSums(parts, units)
  const found: Partial<Account> = {}
  for (const [side, name] of [
    ['credit', 'totalCredits'],
    ['debit', 'totalDebits'],
  ] as const) {
    const sum = transactions.reduce((sum, row) => sum + BigInt(row[side]?.value.minor ?? 0), 0n)
    const hasSections = parts.rows.some(({ section }) => section !== null)
    const named = stated[side].filter(({ figure }) => figure.meaning.kind === 'total')
    const only = (some: typeof named) =>
      !hasSections && new Set(some.map(({ minor }) => minor)).size === 1 ? some[0] : undefined
    const lone = only(stated[side])
    const { meaning } = lone?.figure ?? {}
    const whole = meaning?.kind === 'side' && meaning.whole ? lone : undefined
    const chosen = stated[side].find(({ minor }) => minor === sum) ?? only(named) ?? whole
    if (chosen)
      found[name] = make.money(chosen.minor, units.currency, chosen.figure.page, chosen.figure.amount.words, {
        label: 'exact',
      })
  }
  return found
}

/** The balance at an end of the account itself, or the same again in the head of another page. */
function isOf(figure: Figure, end: Figure | null): boolean {
  return end !== null && figure.label === end.label && figure.amount.raw === end.amount.raw
}

function carryOf(
  figure: Figure,
  afterRows: number,
  { reading, units }: Decided,
  make: Grounded,
): Account['carryForwards'] {
  const minor = figureBalance(figure, reading, units)
  if (minor === null) return []
  const balance = make.money(minor, units.currency, figure.page, figure.amount.words, { label: 'exact' })
  return [{ afterRows, page: figure.page, balance }]
}

function transactionOf(row: Row, decided: Decided, make: Grounded): Omit<Transaction, 'seq'>[] {
  const { reading, units } = decided
  const amount = amountOf(row, reading, units)
  if (!amount) return []
  const text = rowTextOf(row)
  const balance = rowBalance(row, reading, units)
  const field = (minor: bigint) =>
    make.money(minor, units.currency, row.page, amount.printed.words, { place: true })
  const words = text.description
  const said = (lines: typeof words) => lines.map((line) => line.map(({ text }) => text).join(' ')).join(' ')
  return [
    {
      page: row.page,
      ...datesOf(row, decided, make),
      ...(words.length > 0
        ? { description: make.field(described(text, said(words)), row.page, words, { place: true }) }
        : {}),
      ...(text.counterparty.length > 0
        ? {
            counterparty: make.field(said([text.counterparty]), row.page, [text.counterparty], {
              place: true,
            }),
          }
        : {}),
      ...(text.reference.length > 0
        ? { reference: make.field(said([text.reference]), row.page, [text.reference], { place: true }) }
        : {}),
      ...(text.check.length > 0
        ? { checkNumber: make.field(said([text.check]), row.page, [text.check], { place: true }) }
        : {}),
      ...(amount.minor < 0n ? { debit: field(-amount.minor) } : { credit: field(amount.minor) }),
      amount: field(amount.minor),
      ...(balance
        ? {
            balance: make.money(balance.minor, units.currency, row.page, balance.printed.words, {
              place: true,
            }),
          }
        : {}),
    },
  ]
}

/** In a list of checks the title says what each number is. */
const described = ({ check, description }: RowText, text: string) =>
  check.length > 0 && check === description[0] ? `CHECK ${text}` : text

/** The day of booking, as a column says, else the first date; another one is the day of value. */
function datesOf(
  row: Row,
  { order, span }: Decided,
  make: Grounded,
): Pick<Transaction, 'bookingDate' | 'valueDate'> {
  const booked =
    row.dates.find(({ role }) => role === 'booking') ??
    row.dates.find(({ role }) => role === 'date') ??
    row.dates[0]
  const value =
    row.dates.find(({ role }) => role === 'value') ??
    (row.dates.some(({ role }) => role === 'booking')
      ? undefined
      : row.dates.filter((date) => date !== booked)[0])
  const day = (found: { date: PrintedDay } | undefined) => {
    const value = found && dayIn(found.date, order, span)
    return found && value ? make.day(value, row.page, found.date.words, { place: true }) : undefined
  }
  const [bookingDate, valueDate] = [day(booked), value && value !== booked ? day(value) : undefined]
  return { ...(bookingDate ? { bookingDate } : {}), ...(valueDate ? { valueDate } : {}) }
}
