import type { Invoice, Tax } from '@pdf-smaller/contracts/extraction'
import { exact, quotient } from '../values/exact.ts'
import { type Checked, present, stated, sum, total, unchecked } from './checked.ts'
import { type Amounts, amountsOf, taxTolerance } from './invoice-amounts.ts'
import { rateOf, sameRate } from './same-rate.ts'
import { vatRoundings } from './vat-roundings.ts'
import { netOf, netTolerance } from './invoice-totals.ts'

/** VAT by rate: BR-CO-17, and what a rate is taken of (BR-S-08 and its like). */
export function checkTaxes(invoice: Invoice): Checked[] {
  const amounts = amountsOf(invoice)
  return [
    ...invoice.taxes.map((tax, index) => amountOf(invoice, amounts, tax, index)),
    ...invoice.taxes.flatMap((tax, index) => baseOf(invoice, amounts, tax, index)),
    ...bases(invoice, amounts),
  ]
}

function amountOf(invoice: Invoice, amounts: Amounts, tax: Tax, index: number): Checked {
  const about = { id: 'BR-CO-17', title: 'VAT of a rate = its base × rate' }
  // A single rate is taken of all there is.
  const base = stated(tax.base) ?? (invoice.taxes.length === 1 ? netOf(amounts) : undefined)
  const expected = base === undefined || !tax.rate ? undefined : percentOf(base, tax.rate.value)
  const checked = sum(about, {
    terms: { base },
    expected,
    found: stated(tax.amount),
    of: 'VAT of the rate',
    also: base === undefined || !tax.rate ? [] : vatRoundings(invoice, tax, base, tax.rate.value),
    tolerance: taxTolerance(invoice),
    currency: amounts.currency,
    over: [tax.base ?? invoice.totals.net, tax.rate, tax.amount],
    at: [`invoice.taxes[${index}].amount`],
  })
  if (!tax.rate) return unchecked(about, 'The document does not state the rate')
  return withFigure(checked, 'rate', tax.rate.value)
}

/** base × rate / 100, rounded to whole minor units. */
export function percentOf(base: bigint, rate: string): bigint {
  const { units, scale } = exact(rate)
  return quotient(base * units, 100n * 10n ** BigInt(scale))
}

/** The rules that say so, by category of VAT (UNTDID 5305). */
const rules: Record<string, string> = {
  S: 'BR-S-08',
  Z: 'BR-Z-08',
  E: 'BR-E-08',
  AE: 'BR-AE-08',
  K: 'BR-IC-08',
  G: 'BR-G-08',
  O: 'BR-O-08',
  L: 'BR-AF-08',
  M: 'BR-AG-08',
}

function baseOf(
  invoice: Invoice,
  { currency, takenOff, added }: Amounts,
  tax: Tax,
  index: number,
): Checked[] {
  const found = stated(tax.base)
  const category = tax.category?.value
  const about = {
    id: rules[category ?? 'S'] ?? 'BR-S-08',
    title: 'Base of a VAT rate = Σ lines − allowances + charges of that rate',
  }
  if (found === undefined || (category !== undefined && !rules[category])) return []
  // Allowances that are only known as a total may belong to any rate.
  const unlisted = invoice.adjustments.length === 0 && (takenOff !== 0n || added !== 0n)
  const adjustments = invoice.adjustments.map(({ kind, amount, ...rest }) => ({
    ...rest,
    kind,
    netAmount: amount,
  }))
  const rows = [...invoice.lines.map((line) => ({ ...line, kind: 'charge' as const })), ...adjustments]
  if (
    unlisted ||
    invoice.lines.length === 0 ||
    rows.some((row) => rateOf(row) === undefined || stated(row.netAmount) === undefined)
  ) {
    return [
      unchecked(about, 'The document does not state rate and amount of every line, allowance and charge'),
    ]
  }
  const own = rows.filter((row) => sameRate(row, tax))
  const expected = total(own.map(({ kind, netAmount }) => signed(kind, stated(netAmount)))) ?? 0n
  const over = [tax.base, ...own.map(({ netAmount }) => netAmount)]
  const at = [`invoice.taxes[${index}].base`]
  const checked = sum(about, {
    terms: { lines: expected },
    expected,
    found,
    of: 'base of the rate',
    currency,
    over: present(over),
    at,
  })
  return [withFigure(checked, 'rate', tax.rate?.value ?? '')]
}

function signed(kind: 'allowance' | 'charge', amount: bigint | undefined): bigint | undefined {
  return amount === undefined || kind === 'charge' ? amount : -amount
}

function bases(invoice: Invoice, amounts: Amounts): Checked[] {
  const { basesSum, currency } = amounts
  if (basesSum === undefined || invoice.taxes.length < 2) return []
  const about = { id: 'VAT-BASES', title: 'Net total = Σ bases of all VAT rates' }
  const over = [invoice.totals.net, ...invoice.taxes.map(({ base }) => base)]
  return [
    sum(about, {
      terms: { bases: basesSum },
      expected: basesSum,
      found: netOf(amounts),
      of: 'net total',
      tolerance: netTolerance(invoice, amounts),
      currency,
      over,
    }),
  ]
}

function withFigure(checked: Checked, name: string, value: string): Checked {
  const { check } = checked
  return { ...checked, check: { ...check, figures: { [name]: value, ...check.figures } } }
}
