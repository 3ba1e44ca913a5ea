import type { AccountParts } from './accounts.ts'
import { magnitudeOf } from './amounts.ts'
import { amountOf, figureBalance, rowBalance, type Reading, type Units } from './readings.ts'
import type { Figure } from './parts.ts'

/** How many sums of a document hold under a reading, and how many do not. */
export type Evidence = { holds: number; fails: number; told: string[] }

/** The balances that an account begins and ends with. */
export type Ends = { opening: Figure | null; closing: Figure | null }

/**
 * Where an account begins and ends: what is named so, else what is carried forward before the
 * first row and after the last, else the first and the last line that gives a balance.
 */
export function endsOf({ rows, figures }: AccountParts): Ends {
  const of = (kind: string) => figures.filter(({ figure }) => figure.meaning.kind === kind)
  const byLine = (list: AccountParts['figures']) => list.toSorted((a, b) => a.figure.line - b.figure.line)
  const loose = [...of('carry'), ...of('balance')]
  const before = byLine(loose.filter(({ afterRows }) => afterRows === 0))
  const after = byLine(loose.filter(({ afterRows }) => afterRows === rows.length))
  const opening =
    of('opening')[0] ??
    before.find(({ figure }) => !carriedOn.test(figure.label)) ??
    after.find(({ figure }) => broughtOn.test(figure.label)) ??
    before[0]
  const rest = after.filter((other) => other !== opening && !(rows.length === 0 && before.includes(other)))
  const lastBefore = before.findLast(
    (other) =>
      other !== opening && (other.figure.meaning.kind === 'balance' || carriedOn.test(other.figure.label)),
  )
  const closing = best(of('closing'), rows.length) ?? rest.at(-1) ?? lastBefore
  return { opening: opening?.figure ?? null, closing: closing?.figure ?? null }
}

/**
 * Balances that a document calls opening or closing with another figure than the one taken: it contradicts itself, which
 * its sums would not show. Each stands where that balance belongs.
 */
export function contradictionsOf(
  account: AccountParts,
  reading: Reading,
  units: Units,
): AccountParts['figures'] {
  const ends = endsOf(account)
  const last = account.rows.length
  return account.figures.flatMap(({ figure, afterRows }) => {
    const { kind } = figure.meaning
    if ((kind !== 'opening' && kind !== 'closing') || (afterRows !== 0 && afterRows !== last)) return []
    const taken = ends[kind]
    if (!taken || taken === figure || figure.label.split(' ').length > 4) return []
    const differs = figureBalance(figure, reading, units) !== figureBalance(taken, reading, units)
    return differs ? [{ figure, afterRows: kind === 'opening' ? 0 : last }] : []
  })
}

const broughtOn = /brought|b f\b|b fwd|vortrag/
/** What is carried on, rather than brought. */
const carriedOn = /carried|c f\b|c fwd|a reporter|riportare|transportar|over te brengen/

/** Of several closing balances the one after the last row; a box at the beginning is as good. */
function best<T extends { afterRows: number }>(figures: readonly T[], rows: number): T | undefined {
  return (
    figures.find(({ afterRows }) => afterRows === rows) ??
    figures.find(({ afterRows }) => afterRows === 0) ??
    figures.at(-1)
  )
}

/** Looks at all sums of all accounts under one reading. */
export function evidenceOf(accounts: readonly AccountParts[], reading: Reading, units: Units): Evidence {
  const all: Evidence = { holds: 0, fails: 0, told: [] }
  for (const account of accounts) {
    const balances = chainOf(account, reading, units)
    const sides = sidesOf(account, reading, units)
    all.holds += balances.holds + sides.holds
    all.fails += balances.fails + sides.fails
    all.told.push(...balances.told, ...sides.told)
  }
  return all
}

/** Follows the balances from the first to the last and compares each with the rows before it. */
function chainOf(account: AccountParts, reading: Reading, units: Units): Evidence {
  const { opening, closing } = endsOf(account)
  const start = opening && figureBalance(opening, reading, units)
  const end = closing && figureBalance(closing, reading, units)
  const rows = reading.order === 'forward' ? account.rows : account.rows.toReversed()
  let [holds, fails, sum, total] = [0, 0, 0n, 0n]
  let known = start
  for (const row of rows) {
    const amount = amountOf(row, reading, units)?.minor ?? 0n
    sum += amount
    total += amount
    const balance = rowBalance(row, reading, units)
    if (!balance) continue
    if (known !== null && known + sum === balance.minor) holds++
    else if (known !== null) fails++
    known = balance.minor
    sum = 0n
  }
  const told = holds + fails > 0 ? [`${holds} of ${holds + fails} balances of rows hold`] : []
  if (start !== null && end !== null && rows.length > 0) {
    const closes = start + total === end
    told.push(`opening balance and rows ${closes ? 'make' : 'do not make'} the closing balance`)
    if (closes) holds += 3
    else fails++
  }
  return { holds, fails, told }
}

/** Sums of one side that the document states, in any of its boxes. */
function sidesOf(account: AccountParts, reading: Reading, units: Units): Evidence {
  const sums = { credit: 0n, debit: 0n }
  for (const row of account.rows) {
    const minor = amountOf(row, reading, units)?.minor ?? 0n
    if (minor > 0n) sums.credit += minor
    else sums.debit -= minor
  }
  const stated = statedSums(account, units)
  const told: string[] = []
  let holds = 0
  for (const side of ['credit', 'debit'] as const) {
    if (sums[side] === 0n || !stated[side].some(({ minor }) => minor === sums[side])) continue
    holds++
    told.push(`the ${side}s make their stated total`)
  }
  return { holds, fails: 0, told }
}

/** What the document says that one side sums up to. */
export function statedSums(
  { figures }: AccountParts,
  units: Units,
): Record<'credit' | 'debit', { minor: bigint; figure: Figure }[]> {
  const stated: Record<'credit' | 'debit', { minor: bigint; figure: Figure }[]> = { credit: [], debit: [] }
  for (const { figure } of figures) {
    const { meaning, amount, column } = figure
    if (meaning.kind !== 'total' && meaning.kind !== 'side') continue
    const side = meaning.side ?? (column?.role === 'credit' || column?.role === 'debit' ? column.role : null)
    const minor = magnitudeOf(amount, units.mark, units.currency)
    if (side && minor !== null) stated[side].push({ minor, figure })
  }
  return stated
}
