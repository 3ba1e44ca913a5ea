import { absolute, cents, shareOf, times } from './figures.ts'
import type { ColumnLabel } from './line-table.ts'
import type { PrintedFigure } from './printed-figures.ts'
import type { Row } from './rows.ts'
import type { ColumnRole } from './words/column-words.ts'

/** What each column holds, and why where its header did not settle it. */
export type Columns = {
  roles: ColumnRole[]
  choice: { chosen: string; because: string; alternatives: string[] } | null
}

/** The figures of a row by what they are. */
export type RowFigures = Partial<Record<ColumnRole, PrintedFigure>>

/**
 * What the columns mean, for the document as a whole: what their header says, unless another order of quantity,
 * price and amount holds in clearly more rows (quantity × price − discount = amount).
 */
export function columnsOf(labels: readonly ColumnLabel[], rows: readonly Row[]): Columns {
  const named = withoutTwins(labels, rows)
  const used = labels.map((_, index) => index).filter((index) => rows.some((row) => row.figures.has(index)))
  const holds = (roles: readonly ColumnRole[]) => rows.filter((row) => holdsIn(figuresBy(row, roles))).length
  const kept = holds(named)
  if (kept * 2 >= rows.length || used.length < 3) return { roles: named, choice: null }
  let best = { roles: named, count: kept }
  for (const roles of otherOrders(named, used)) {
    const count = holds(roles)
    if (count > best.count) best = { roles, count }
  }
  if (best.count * 5 < rows.length * 3) return { roles: named, choice: null }
  const say = (roles: readonly ColumnRole[]) => roles.join(', ')
  const because = `quantity × price = amount in ${best.count} of ${rows.length} rows, as the header names them in ${kept}`
  return { roles: best.roles, choice: { chosen: say(best.roles), because, alternatives: [say(named)] } }
}

/** The roles of the header; of several columns of amounts the ones that fit, of two prices without an amount the last is it. */
function withoutTwins(labels: readonly ColumnLabel[], rows: readonly Row[]): ColumnRole[] {
  const roles = labels.map(({ role }) => role)
  const filled = (index: number) => rows.some((row) => row.figures.has(index))
  const of = (role: ColumnRole) =>
    roles.flatMap((own, index) => (own === role && filled(index) ? [index] : []))
  const prices = of('unitPrice')
  const last = prices.at(-1)
  if (prices.length > 1 && last !== undefined && of('amount').length + of('gross').length === 0)
    roles[last] = 'amount'
  for (const index of of('taxRate')) {
    // A column of tax holds rates where they are set as such or small and the same again and again.
    const figures = rows.flatMap((row) => row.figures.get(index) ?? [])
    const different = new Set(figures.map((figure) => figure.text)).size
    const rates = figures.filter((figure) => figure.percent || figure.units <= 30_000_000n)
    const amounts =
      figures.every((figure) => !figure.percent && figure.decimals === 2) &&
      (different > 3 || rates.length < figures.length)
    if (amounts) roles[index] = 'taxAmount'
  }
  return severalAmounts(severalQuantities(roles, of('quantity'), rows), of('amount'), rows)
}

/** Of several quantities (ordered, shipped) the one that is charged. */
function severalQuantities(
  roles: ColumnRole[],
  quantities: readonly number[],
  rows: readonly Row[],
): ColumnRole[] {
  if (quantities.length < 2) return roles
  const only = (index: number) =>
    roles.map((role, at): ColumnRole => (role === 'quantity' && at !== index ? 'other' : role))
  const counts = quantities.map((index) => rows.filter((row) => holdsIn(figuresBy(row, only(index)))).length)
  return only(quantities[counts.indexOf(Math.max(...counts))] ?? 0)
}

/** Of several amounts the one that quantity × price gives is that of the line; one behind it has the tax in it. */
function severalAmounts(roles: ColumnRole[], amounts: readonly number[], rows: readonly Row[]): ColumnRole[] {
  if (amounts.length < 2) return roles
  const counts = amounts.map((index) => {
    const tried = roles.map((role, at): ColumnRole => (role === 'amount' && at !== index ? 'note' : role))
    return rows.filter((row) => holdsIn(figuresBy(row, tried))).length
  })
  const best = amounts[counts.indexOf(Math.max(...counts))]
  return roles.map((role, at) => {
    if (role !== 'amount' || at === best || best === undefined) return role
    return at > best && !roles.includes('gross') ? 'gross' : 'note'
  })
}

function* otherOrders(named: readonly ColumnRole[], used: readonly number[]): Generator<ColumnRole[]> {
  const last = used.slice(-6)
  for (const quantity of last) {
    for (const price of last) {
      for (const amount of last) {
        if (new Set([quantity, price, amount]).size < 3 || amount < quantity || amount < price) continue
        const roles = named.map((role): ColumnRole =>
          ['quantity', 'unitPrice', 'amount'].includes(role) ? 'note' : role,
        )
        roles[quantity] = 'quantity'
        roles[price] = 'unitPrice'
        roles[amount] = 'amount'
        yield roles
      }
    }
  }
}

export function figuresBy(row: Pick<Row, 'figures'>, roles: readonly ColumnRole[]): RowFigures {
  const figures: RowFigures = {}
  for (const [index, figure] of row.figures) {
    const role = roles[index]
    if (role !== undefined && (figures[role] === undefined || role !== 'note')) figures[role] ??= figure
  }
  return figures
}

/** Whether quantity × price, less the discount, is the amount of a row; false where one of them is missing. */
export function holdsIn({ quantity, unitPrice, discount, amount, gross, taxRate }: RowFigures): boolean {
  const total = amount ?? gross
  if (!quantity || !unitPrice || !total) return false
  const full = times(quantity.units, unitPrice.units)
  // The price may be rounded by half of its last decimal.
  const slack =
    cents(1) + times(absolute(quantity.units), 500_000n / 10n ** BigInt(Math.min(6, unitPrice.decimals)))
  const within = (value: bigint) => absolute(absolute(value) - absolute(total.units)) <= slack
  if (within(full)) return true
  if (discount && within(full - shareOf(full, absolute(discount.units)))) return true
  if (
    discount &&
    (within(full - absolute(discount.units)) ||
      within(full - times(quantity.units, absolute(discount.units))))
  )
    return true
  return taxRate !== undefined && within(full + shareOf(full, taxRate.units))
}

/** Whether the discounts of a table are in per cent: set so, or the reading under which its rows hold. */
export function arePercentDiscounts(rows: readonly RowFigures[], label: string): boolean {
  const given = rows.filter(({ discount }) => discount !== undefined && discount.units !== 0n)
  if (/%/.test(label) || rows.some(({ discount }) => discount?.percent)) return true
  if (given.length === 0) return rows.every(({ discount }) => discount?.money !== true)
  return given.some(({ quantity, unitPrice, discount, amount, gross }) => {
    const total = amount ?? gross
    if (!quantity || !unitPrice || !discount || !total) return false
    const full = times(quantity.units, unitPrice.units)
    return absolute(full - shareOf(full, absolute(discount.units)) - total.units) <= cents(2)
  })
}
