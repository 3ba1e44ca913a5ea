import type { DecimalMark } from '@pdf-smaller/extraction'
import type { AccountParts } from './accounts.ts'
import { magnitudeOf, type PrintedAmount } from './amounts.ts'
import type { Figure, Row } from './parts.ts'
import type { MoneyColumn, MoneyRole } from './table.ts'

/**
 * One way to read the amounts of a document: what its unnamed columns mean, what an amount
 * without a sign is, and whether rows go forward or back in time. It holds for every row.
 */
export type Reading = {
  name: string
  /** The meaning of columns without a name, by their index in the table. */
  unnamed: ReadonlyMap<number, MoneyRole>
  /** What amounts without any sign are: money in, money out, or as the title of their section says. */
  unsigned: 'credit' | 'debit' | 'section'
  order: 'forward' | 'backward'
}

/** How an amount is read: the mark before decimals, and the currency whose smallest unit counts. */
export type Units = { mark: DecimalMark; currency: string | null }

const unnamedRoles: readonly (readonly MoneyRole[])[][] = [
  [[]],
  [['amount']],
  [
    ['amount', 'balance'],
    ['debit', 'credit'],
    ['credit', 'debit'],
    ['balance', 'amount'],
  ],
  [
    ['debit', 'credit', 'balance'],
    ['credit', 'debit', 'balance'],
    ['amount', 'unknown', 'balance'],
  ],
]

/**
 * All readings that are tried, the likeliest first; at most eight, as each free choice makes it
 * easier for wrong figures to add up by chance.
 * `owed`: the document is of a credit card, where what has no sign was spent.
 */
export function readingsOf(accounts: readonly AccountParts[], owed: boolean): Reading[] {
  const rows = accounts.flatMap(({ rows }) => rows)
  const columns = unnamedColumns(rows)
  const hasSections = rows.some(({ section }) => section !== null)
  const unsigned: Reading['unsigned'][] = [
    ...(hasSections ? (['section'] as const) : []),
    owed ? 'debit' : 'credit',
    ...(owed && !hasSections ? (['credit'] as const) : []),
  ]
  const readings = (unnamedRoles[columns.length] ?? [[]]).flatMap((roles) =>
    unsigned.flatMap((unsigned) =>
      (['forward', 'backward'] as const).map((order) => ({
        name: nameOf(roles, unsigned, order),
        unnamed: new Map(roles.map((role, index) => [columns[index] ?? -1, role])),
        unsigned,
        order,
      })),
    ),
  )
  return readings.slice(0, 8)
}

/** The columns without a name that rows use most, at most three, from left to right. */
function unnamedColumns(rows: readonly Row[]): number[] {
  const counts = new Map<number, number>()
  for (const { column } of rows.flatMap(({ money }) => money)) {
    if (column.role === 'unknown') counts.set(column.index, (counts.get(column.index) ?? 0) + 1)
  }
  const most = [...counts]
    .filter(([, count]) => count >= 0.1 * rows.length || count >= 3)
    .toSorted((a, b) => b[1] - a[1])
  return most
    .slice(0, 3)
    .map(([index]) => index)
    .toSorted((a, b) => a - b)
}

function nameOf(roles: readonly MoneyRole[], unsigned: Reading['unsigned'], order: Reading['order']): string {
  const columns = roles.length > 0 ? `columns ${roles.join(', ')}; ` : ''
  const sign = {
    credit: 'unsigned amounts are credits',
    debit: 'unsigned amounts are debits',
    section: 'the section gives the sign',
  }
  return `${columns}${sign[unsigned]}; rows run ${order}`
}

export function roleIn(column: MoneyColumn, reading: Reading): MoneyRole {
  return column.role === 'unknown' ? (reading.unnamed.get(column.index) ?? 'unknown') : column.role
}

/** What a row adds to the account, in the smallest unit; null where nothing of it can be read. */
export function amountOf(
  row: Row,
  reading: Reading,
  units: Units,
): { minor: bigint; printed: PrintedAmount } | null {
  let found: { minor: bigint; printed: PrintedAmount } | null = null
  for (const { column, amount } of row.money) {
    const role = roleIn(column, reading)
    const size = magnitudeOf(amount, units.mark, units.currency)
    if (size === null || role === 'balance' || role === 'unknown') continue
    const minor = size * signOf(amount, role, row, reading)
    // Of two amounts the first is the one in a foreign currency.
    if (!found || found.minor === 0n || (role === 'amount' && minor !== 0n))
      found = { minor, printed: amount }
  }
  return found
}

function signOf(
  amount: PrintedAmount,
  role: 'debit' | 'credit' | 'amount',
  row: Row,
  reading: Reading,
): bigint {
  if (role === 'debit') return -1n
  // Money that a column of credits takes back has a minus.
  if (role === 'credit') return amount.sign === '-' ? -1n : 1n
  const side = amount.side ?? row.side
  if (side) return side === 'credit' ? 1n : -1n
  const usual = reading.unsigned === 'section' ? row.section : reading.unsigned
  if (amount.sign === null) return usual === 'debit' ? -1n : 1n
  // In a list of what was spent a minus is money back; elsewhere it is money out.
  return (amount.sign === '-') === (reading.unsigned === 'debit') ? 1n : -1n
}

/** A balance in the smallest unit; what is owed is negative. */
export function balanceOf(
  amount: PrintedAmount,
  role: MoneyRole | null,
  label: string,
  reading: Reading,
  units: Units,
): bigint | null {
  const size = magnitudeOf(amount, units.mark, units.currency)
  if (size === null) return null
  if (amount.side) return amount.side === 'credit' ? size : -size
  const owed = reading.unsigned === 'debit'
  if (amount.sign) return (amount.sign === '-') === owed ? size : -size
  if (
    role === 'debit' ||
    /debiteur|deudor|overdrawn|debit balance|sollsaldo|a debito|devedor|negativ/.test(label)
  )
    return -size
  return owed ? -size : size
}

/** The balance that a row states after itself, if it does. */
export function rowBalance(
  row: Row,
  reading: Reading,
  units: Units,
): { minor: bigint; printed: PrintedAmount } | null {
  const money = row.money.find(({ column }) => roleIn(column, reading) === 'balance')
  const minor = money && balanceOf(money.amount, 'balance', '', reading, units)
  return money && minor !== null && minor !== undefined ? { minor, printed: money.amount } : null
}

/** A figure's balance, with the sign that its column or its words give it. */
export function figureBalance(
  { amount, column, label }: Figure,
  reading: Reading,
  units: Units,
): bigint | null {
  return balanceOf(amount, column ? roleIn(column, reading) : null, label, reading, units)
}
