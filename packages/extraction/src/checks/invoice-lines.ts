import type { AnyField, Invoice, InvoiceLine } from '@pdf-smaller/contracts/extraction'
import { exponentOf } from '../values/currencies.ts'
import { type Exact, exact, quotient, rounded, times } from '../values/exact.ts'
import { money } from '../values/money.ts'
import { type Checked, present, relation, stated, unchecked } from './checked.ts'
import { type InvoiceReading } from './invoice-amounts.ts'

/** Every line by itself (as rule R120 of Peppol BIS Billing does); one check, which names the lines that are wrong. */
export function checkLines(invoice: Invoice, { includesTax, exact: isXml }: InvoiceReading): Checked {
  // EN 16931 does not ask for it, and some programs state wrongly how many units a price is for.
  const severity = isXml ? 'warning' : 'error'
  const title = 'Amount of a line = quantity × price − discount + charge'
  const about = { id: 'LINE-AMOUNT', title, severity } as const
  const rows = withSigns(
    invoice.lines.flatMap((line, index) => {
      const row = rowOf(line, includesTax)
      return row ? [{ ...row, index }] : []
    }),
  )
  if (rows.length === 0) return unchecked(about, 'No line states quantity, price and amount')
  const wrong = rows.filter(({ expected, found, tolerance }) => distance(expected, found) > tolerance)
  const [first] = wrong
  if (!first) {
    const over = rows.flatMap(({ fields }) => fields)
    return relation(about, true, { lines: String(rows.length) }, over)
  }
  const { currency } = first
  const figures = {
    expected: money(first.expected, currency).amount,
    found: money(first.found, currency).amount,
  }
  return relation(
    about,
    false,
    figures,
    wrong.flatMap(({ fields }) => fields),
    {
      at: wrong.map(({ index }) => `invoice.lines[${index}]`),
      why: `${wrong.length} of ${rows.length} lines; the figures are those of the first`,
    },
  )
}

type Row = { expected: bigint; found: bigint; tolerance: bigint; currency: string | null; fields: AnyField[] }

/** Credit notes may print amounts with a minus and quantities without one: then all of them do. */
function withSigns<R extends Row>(rows: R[]): R[] {
  const turned = rows.every(({ expected, found }) => expected >= 0n && found <= 0n)
  return turned ? rows.map((row) => ({ ...row, expected: -row.expected })) : rows
}

function rowOf(line: InvoiceLine, includesTax: boolean): Row | undefined {
  const { quantity, unitPrice, netAmount, grossAmount } = line
  const amount = includesTax ? (grossAmount ?? netAmount) : (netAmount ?? grossAmount)
  const found = stated(amount)
  if (!quantity || !unitPrice || !amount || found === undefined || unitPrice.source === 'derived')
    return undefined
  if (quantity.source === 'derived') return undefined
  const { currency } = amount.value
  const decimals = exponentOf(currency)
  const [count, price] = [exact(quantity.value), exact(unitPrice.value.amount)]
  const per = line.priceQuantity ? exact(line.priceQuantity.value) : { units: 1n, scale: 0 }
  if (per.units <= 0n) return undefined
  const before = divided(times(count, price), per, decimals)
  const percent = line.discountPercent ? exact(line.discountPercent.value) : undefined
  const off = stated(line.discount) ?? (percent ? share(before, percent) : 0n)
  return {
    expected: before - off + (stated(line.charge) ?? 0n),
    found,
    tolerance: 1n + lastDigit(count, price, per, decimals),
    currency,
    fields: present([quantity, unitPrice, amount, line.discount, line.charge, line.discountPercent]),
  }
}

function divided(value: Exact, by: Exact, decimals: number): bigint {
  const scaled = { units: value.units * 10n ** BigInt(by.scale), scale: value.scale }
  return by.units === 1n && by.scale === 0
    ? rounded(value, decimals)
    : quotient(scaled.units * 10n ** BigInt(decimals), by.units * 10n ** BigInt(scaled.scale))
}

function share(amount: bigint, percent: Exact): bigint {
  return quotient(amount * percent.units, 100n * 10n ** BigInt(percent.scale))
}

/** A price may be rounded for print: its last digit is half a unit wrong at most, times the quantity. */
function lastDigit(count: Exact, price: Exact, per: Exact, decimals: number): bigint {
  const half = {
    units: 5n * (count.units < 0n ? -count.units : count.units),
    scale: count.scale + price.scale + 1,
  }
  return divided(half, per, decimals)
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b
}
