import type { Account, Transaction } from '@pdf-smaller/contracts/extraction'
import { type Checked, present, relation, stated, total, unchecked } from './checked.ts'
import { money } from '../values/money.ts'

/** The rows in the order in which they happened, each with where it stands in the account. */
export type Rows = { row: Transaction; index: number }[]

/** A balance, behind so many rows. */
type Known = { after: number; balance: bigint; index: number | null }
/** Two balances, and how much more the rows between them should have moved. */
type Link = { from: Known; to: Known; off: bigint }

/**
 * The rows as they happened: as they are printed, or the other way round where more balances follow from each other
 * then, as statements are that show the newest row first. It is one choice for the whole account.
 */
export function inOrder(account: Account): { rows: Rows; newestFirst: boolean } {
  const printed = account.transactions.map((row, index) => ({ row, index }))
  const reverse = printed.toReversed()
  const broken = (rows: Rows) => links(account, rows).filter(({ off }) => off !== 0n).length
  const newestFirst = broken(reverse) < broken(printed)
  return { rows: newestFirst ? reverse : printed, newestFirst }
}

/** Balance behind a row = balance before it + amount, row by row; names the rows that are wrong. */
export function checkRowBalances(account: Account, path: string, currency: string | null): Checked {
  const about = { id: 'ROW-BALANCE', title: 'Balance of a row = balance before it + its amount' }
  const { rows } = inOrder(account)
  const all = links(account, rows)
  if (all.length === 0) return unchecked(about, 'The rows state no balances')
  const wrong = all.filter(({ off }) => off !== 0n)
  const fields = rows.flatMap(({ row }) => (row.balance ? [row.amount, row.balance] : [row.amount]))
  const [first] = wrong
  if (!first) return relation(about, true, { links: String(all.length) }, fields)
  const { from, to, off } = first
  const figures = {
    before: money(from.balance, currency).amount,
    expected: money(to.balance - off, currency).amount,
    found: money(to.balance, currency).amount,
    difference: money(off, currency).amount,
  }
  const over = wrong.flatMap(({ from, to }) => rows.slice(from.after, to.after).map(({ row }) => row.amount))
  return relation(about, false, figures, over, {
    at: places(wrong, rows, path),
    why: `${wrong.length} of ${all.length} balances do not follow from the one before; the figures are those of the first`,
  })
}

/** Every pair of balances with rows between them. */
function links(account: Account, rows: Rows): Link[] {
  const opening = stated(account.openingBalance)
  const known: Known[] = opening === undefined ? [] : [{ after: 0, balance: opening, index: null }]
  for (const [at, { row, index }] of rows.entries()) {
    const balance = stated(row.balance)
    if (balance !== undefined) known.push({ after: at + 1, balance, index })
  }
  const sums = runningSums(rows)
  // Opening and closing balance alone are a check of their own.
  if (known.every(({ index }) => index === null)) return []
  return known.slice(1).map((to, at) => {
    const from = known[at] ?? to
    return { from, to, off: to.balance - from.balance - ((sums[to.after] ?? 0n) - (sums[from.after] ?? 0n)) }
  })
}

/** What all rows before come to, for each number of rows. */
function runningSums(rows: Rows): bigint[] {
  const sums = [0n]
  for (const { row } of rows) sums.push((sums.at(-1) ?? 0n) + (stated(row.amount) ?? 0n))
  return sums
}

/**
 * A balance that is wrong by itself breaks two links, by amounts that make up for each other; an amount that is wrong,
 * or a row that is missing, one.
 */
function places(wrong: Link[], rows: Rows, path: string): string[] {
  const found: string[] = []
  for (let at = 0; at < wrong.length; at++) {
    const [link, next] = [wrong[at], wrong[at + 1]]
    if (!link) break
    if (next && next.from === link.to && next.off === -link.off && link.to.index !== null) {
      found.push(`${path}.transactions[${link.to.index}].balance`)
      at++
      continue
    }
    const between = rows.slice(link.from.after, link.to.after)
    found.push(...between.map(({ index }) => `${path}.transactions[${index}]`))
  }
  return found
}

/** Balances that are stated where a page ends or begins = opening balance + all rows before. */
export function checkCarryForwards(account: Account, path: string, currency: string | null): Checked[] {
  if (account.carryForwards.length === 0) return []
  const about = { id: 'CARRY-FORWARD', title: 'Balance carried forward = opening balance + rows before' }
  const opening = stated(account.openingBalance)
  if (opening === undefined) return [unchecked(about, 'The document does not state the opening balance')]
  const { newestFirst } = inOrder(account)
  if (newestFirst) return [unchecked(about, 'The newest row stands first')]
  const wrong = account.carryForwards.flatMap((carry, index) => {
    const rows = account.transactions.slice(0, carry.afterRows).map(({ amount }) => stated(amount))
    const expected = opening + (total(rows) ?? 0n)
    const found = stated(carry.balance)
    return found === undefined || found === expected ? [] : [{ carry, index, expected, found }]
  })
  const over = account.carryForwards.map(({ balance }) => balance)
  const [first] = wrong
  if (!first) return [relation(about, true, { balances: String(over.length) }, over)]
  const figures = {
    page: String(first.carry.page),
    expected: money(first.expected, currency).amount,
    found: money(first.found, currency).amount,
    difference: money(first.found - first.expected, currency).amount,
  }
  return [
    relation(about, false, figures, present(wrong.map(({ carry }) => carry.balance)), {
      at: wrong.map(({ index }) => `${path}.carryForwards[${index}]`),
      why: 'The rows before it do not lead to it',
    }),
  ]
}
