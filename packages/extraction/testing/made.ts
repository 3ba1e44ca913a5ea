import type {
  Account,
  DayField,
  DecimalField,
  Invoice,
  InvoiceLine,
  MoneyField,
  PriceField,
  Statement,
  TextField,
} from '@pdf-smaller/contracts/extraction'
import { fieldOf, type Origin } from '../src/fields/evidence.ts'
import { money, moneyOf } from '../src/values/money.ts'

const signs = { label: 'near', shape: true } as const
const origin = (raw: string): Origin => ({ raw, source: 'text', provenance: [], grounded: true })

export const text = (value: string): TextField => fieldOf(value, origin(value), signs)
export const day = (value: string): DayField => fieldOf(value, origin(value), signs)
export const number = (value: string): DecimalField => fieldOf(value, origin(value), signs)
export const price = (amount: string, currency = 'EUR'): PriceField =>
  fieldOf({ amount, currency }, origin(amount), signs)
export const amount = (value: string, currency = 'EUR'): MoneyField =>
  fieldOf(moneyOf(value, currency) ?? money(0n, currency), origin(value), signs)
export const cents = (minor: bigint, currency = 'EUR'): MoneyField =>
  amount(money(minor, currency).amount, currency)

export const line = (quantity: string, unit: string, net: string, rate?: string): InvoiceLine => ({
  description: text('Thing'),
  quantity: number(quantity),
  unitPrice: price(unit),
  netAmount: amount(net),
  ...(rate === undefined ? {} : { vatRate: number(rate) }),
})

/** An invoice that adds up: 3 × 10.00 at 19 %, 2 × 5.50 at 7 %. */
export function goodInvoice(): Invoice {
  return {
    invoiceNumber: text('R-1'),
    issueDate: day('2025-01-31'),
    currency: text('EUR'),
    seller: { name: text('Muster GmbH'), vatId: text('DE136695976') },
    buyer: { name: text('Beispiel AG') },
    payment: [{ iban: text('DE89370400440532013000') }],
    lines: [line('3', '10.00', '30.00', '19'), line('2', '5.50', '11.00', '7')],
    adjustments: [],
    taxes: [
      { rate: number('19'), base: amount('30.00'), amount: amount('5.70') },
      { rate: number('7'), base: amount('11.00'), amount: amount('0.77') },
    ],
    totals: { net: amount('41.00'), tax: amount('6.47'), gross: amount('47.47'), due: amount('47.47') },
  }
}

/** An account whose rows move it from its opening to its closing balance. */
export function account(opening: bigint, moves: bigint[], { balances = false } = {}): Account {
  let balance = opening
  const transactions = moves.map((move, index) => {
    balance += move
    return {
      seq: index + 1,
      page: 1,
      bookingDate: day('2025-01-15'),
      description: text(`Row ${index + 1}`),
      [move < 0n ? 'debit' : 'credit']: cents(move < 0n ? -move : move),
      amount: cents(move),
      ...(balances ? { balance: cents(balance) } : {}),
    }
  })
  return {
    currency: text('EUR'),
    openingBalance: cents(opening),
    closingBalance: cents(balance),
    carryForwards: [],
    transactions,
  }
}

export function statement(...accounts: Account[]): Statement {
  return { holderNames: [], periodStart: day('2025-01-01'), periodEnd: day('2025-01-31'), accounts }
}
