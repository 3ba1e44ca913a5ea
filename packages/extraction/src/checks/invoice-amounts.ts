import type { AnyField, Invoice, InvoiceLine, MoneyField } from '@pdf-smaller/contracts/extraction'
import { currenciesOf, present, stated, total } from './checked.ts'

/** How an invoice is to be understood where its figures do not say it. */
export type InvoiceReading = {
  /** Unit prices and amounts of lines include VAT. */
  includesTax: boolean
  /** All of it was read from XML, so that what is absent is not there. */
  exact: boolean
}

/** The amounts of an invoice in minor units, as the sums of EN 16931 need them. */
export type Amounts = ReturnType<typeof amountsOf>

/** @returns undefined amounts where the document does not state them */
export function amountsOf(invoice: Invoice) {
  const { totals, lines, adjustments, taxes } = invoice
  const listed = (kind: 'allowance' | 'charge') => adjustments.filter((each) => each.kind === kind)
  const sumOf = (kind: 'allowance' | 'charge') => total(listed(kind).map(({ amount }) => stated(amount)))
  const [allowances, charges] = [stated(totals.allowances), stated(totals.charges)]
  const every = (of: (line: InvoiceLine) => MoneyField | undefined) =>
    total(lines.map((line) => stated(of(line))))
  return {
    currency: invoice.currency?.value ?? currenciesOf(Object.values(totals))[0] ?? null,
    lineSum: stated(totals.lineSum),
    net: stated(totals.net),
    tax: stated(totals.tax),
    gross: stated(totals.gross),
    paid: stated(totals.paid),
    rounding: stated(totals.rounding),
    due: stated(totals.due),
    withheld: stated(totals.withheld),
    previousBalance: stated(totals.previousBalance),
    allowances,
    charges,
    listedAllowances: sumOf('allowance'),
    listedCharges: sumOf('charge'),
    /** What is taken off and added to the lines; none where nothing is said of it. */
    takenOff: allowances ?? sumOf('allowance') ?? 0n,
    added: charges ?? sumOf('charge') ?? 0n,
    linesNet: every(({ netAmount }) => netAmount),
    linesGross: every(({ grossAmount }) => grossAmount),
    taxesSum: total(taxes.map(({ amount }) => stated(amount))),
    basesSum: total(taxes.map(({ base }) => stated(base))),
  }
}

/** VAT per line and per rate may differ by some cents: 2, or half of one for each line. */
export function taxTolerance({ lines }: Invoice): bigint {
  return BigInt(Math.max(2, Math.ceil(lines.length / 2)))
}

export function fieldsOfLines(invoice: Invoice, which: 'netAmount' | 'grossAmount'): AnyField[] {
  return present(invoice.lines.map((line) => line[which]))
}

export function adjustmentFields({ totals, adjustments }: Invoice, kind: 'allowance' | 'charge'): AnyField[] {
  const field = kind === 'allowance' ? totals.allowances : totals.charges
  return field ? [field] : adjustments.filter((each) => each.kind === kind).map(({ amount }) => amount)
}
