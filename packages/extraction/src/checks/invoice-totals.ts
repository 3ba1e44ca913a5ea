import type { Invoice } from '@pdf-smaller/contracts/extraction'
import { type Checked, present, sum, unchecked } from './checked.ts'
import { netsRoundedLate } from './vat-roundings.ts'
import {
  adjustmentFields,
  type Amounts,
  amountsOf,
  fieldsOfLines,
  type InvoiceReading,
  taxTolerance,
} from './invoice-amounts.ts'

/** The sums of the document level by EN 16931-1, 6.4.3 (BR-CO-10 to BR-CO-16). */
export function checkTotals(invoice: Invoice, reading: InvoiceReading): Checked[] {
  const amounts = amountsOf(invoice)
  return [
    lineSum(invoice, amounts),
    ...adjustmentSum(invoice, amounts, 'allowance'),
    ...adjustmentSum(invoice, amounts, 'charge'),
    net(invoice, amounts),
    taxSum(invoice, amounts),
    gross(invoice, amounts, reading),
    due(invoice, amounts),
    ...linesWithTax(invoice, amounts),
  ]
}

function lineSum(invoice: Invoice, { lineSum: found, linesNet, currency }: Amounts): Checked {
  const about = { id: 'BR-CO-10', title: 'Sum of lines = Σ net amounts of lines' }
  if (invoice.lines.length === 0) return unchecked(about, 'The document lists no lines')
  const over = [invoice.totals.lineSum, ...fieldsOfLines(invoice, 'netAmount')]
  return sum(about, {
    terms: { lines: linesNet },
    expected: linesNet,
    found,
    of: 'sum of lines',
    currency,
    over,
  })
}

function adjustmentSum(invoice: Invoice, amounts: Amounts, kind: 'allowance' | 'charge'): Checked[] {
  const [id, found, listed] =
    kind === 'allowance'
      ? ['BR-CO-11', amounts.allowances, amounts.listedAllowances]
      : ['BR-CO-12', amounts.charges, amounts.listedCharges]
  const expected = listed ?? (found === 0n ? 0n : undefined)
  if (found === undefined && expected === undefined) return []
  const about = { id, title: `Sum of ${kind}s = Σ ${kind}s on the document` }
  const each = invoice.adjustments.filter((adjustment) => adjustment.kind === kind)
  const over = [
    invoice.totals[kind === 'allowance' ? 'allowances' : 'charges'],
    ...each.map(({ amount }) => amount),
  ]
  return [
    sum(about, {
      terms: { listed: expected },
      expected,
      found,
      of: `sum of ${kind}s`,
      currency: amounts.currency,
      over,
    }),
  ]
}

/**
 * The net total where it is stated; else what the gross total leaves when VAT is taken off it. A document without any
 * VAT says only one total.
 */
export function netOf({ net, tax, taxesSum, gross }: Amounts): bigint | undefined {
  return net ?? (gross === undefined ? undefined : gross - (tax ?? taxesSum ?? 0n))
}

/** Where the net total is only what VAT leaves of the gross total, it is no more exact than VAT is. */
export function netTolerance(invoice: Invoice, { net, tax }: Amounts): bigint {
  return net === undefined && tax !== undefined ? taxTolerance(invoice) : 0n
}

function net(invoice: Invoice, amounts: Amounts): Checked {
  const about = { id: 'BR-CO-13', title: 'Net total = sum of lines − allowances + charges' }
  const { takenOff, added, currency } = amounts
  const lines = amounts.lineSum ?? amounts.linesNet
  const { totals } = invoice
  const expected = lines === undefined ? undefined : lines - takenOff + added
  return sum(about, {
    tolerance: netTolerance(invoice, amounts),
    also: expected === undefined ? [] : netsRoundedLate(invoice, amounts, expected),
    terms: { lines, allowances: takenOff, charges: added },
    expected,
    found: netOf(amounts),
    of: 'net total',
    currency,
    over: [
      ...(totals.lineSum ? [totals.lineSum] : fieldsOfLines(invoice, 'netAmount')),
      ...adjustmentFields(invoice, 'allowance'),
      ...adjustmentFields(invoice, 'charge'),
      ...(totals.net ? [totals.net] : [totals.gross, totals.tax]),
    ],
  })
}

function taxSum(invoice: Invoice, { tax: found, taxesSum, currency }: Amounts): Checked {
  const about = { id: 'BR-CO-14', title: 'VAT total = Σ VAT of all rates' }
  const over = [invoice.totals.tax, ...invoice.taxes.map(({ amount }) => amount)]
  return sum(about, {
    terms: { taxes: taxesSum },
    expected: taxesSum,
    found,
    of: 'VAT total',
    currency,
    over,
  })
}

function gross(invoice: Invoice, amounts: Amounts, { exact }: InvoiceReading): Checked {
  const about = { id: 'BR-CO-15', title: 'Gross total = net total + VAT total' }
  const { net, gross: found, currency } = amounts
  // On a page VAT may stand where nobody found it; only a total that is the same without it says that there is none.
  const tax =
    amounts.tax ?? amounts.taxesSum ?? (exact || (net !== undefined && net === found) ? 0n : undefined)
  const expected = net === undefined || tax === undefined ? undefined : net + tax
  const { totals, taxes } = invoice
  const taxFields = totals.tax ? [totals.tax] : taxes.map(({ amount }) => amount)
  return sum(about, {
    terms: { net, tax },
    expected,
    found,
    of: 'gross total',
    currency,
    over: [totals.net, totals.gross, ...taxFields],
  })
}

function due(invoice: Invoice, amounts: Amounts): Checked {
  const about = { id: 'BR-CO-16', title: 'Amount due = gross total − paid + rounding' }
  const { gross: total, paid, rounding, withheld, previousBalance, due: found, currency } = amounts
  const { totals } = invoice
  return sum(about, {
    terms: {
      gross: total,
      paid: paid ?? 0n,
      rounding: rounding ?? 0n,
      ...(withheld === undefined ? {} : { withheld }),
      ...(previousBalance === undefined ? {} : { previousBalance }),
    },
    expected:
      total === undefined
        ? undefined
        : total - (paid ?? 0n) - (withheld ?? 0n) + (rounding ?? 0n) + (previousBalance ?? 0n),
    found,
    of: 'amount due',
    currency,
    over: [totals.gross, totals.paid, totals.rounding, totals.withheld, totals.previousBalance, totals.due],
  })
}

/** Where lines are stated with VAT, they add up to the gross total. */
function linesWithTax(
  invoice: Invoice,
  { linesGross, takenOff, added, gross: found, currency }: Amounts,
): Checked[] {
  if (linesGross === undefined) return []
  const about = { id: 'LINES-GROSS', title: 'Gross total = Σ gross amounts of lines − allowances + charges' }
  const over = present([
    invoice.totals.gross,
    ...fieldsOfLines(invoice, 'grossAmount'),
    ...adjustmentFields(invoice, 'allowance'),
    ...adjustmentFields(invoice, 'charge'),
  ])
  const terms = { lines: linesGross, allowances: takenOff, charges: added }
  return [
    sum(about, { terms, expected: linesGross - takenOff + added, found, of: 'gross total', currency, over }),
  ]
}
