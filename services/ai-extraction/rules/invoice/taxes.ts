import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import { absolute, near, shareOf, type DecimalMark } from './figures.ts'
import type { LineItem } from './line-items.ts'
import type { TableHeader } from './line-table.ts'
import { figuresIn, type PrintedFigure } from './printed-figures.ts'
import { bareRates } from './other-amounts.ts'
import type { TotalsCandidate } from './totals-candidates.ts'

/** Tax of one rate as it is printed. */
export type TaxRow = {
  rate: PrintedFigure
  base: PrintedFigure | null
  amount: PrintedFigure | null
  line: number
  page: number
  words: string
}

const taxWords =
  /\b(vat|tax|gst|ust|mwst|mehrwertsteuer|umsatzsteuer|steuer|tva|taxe|iva|imposta|btw|omzetbelasting|igic|aliquota|steuersatz|taux|s|e|ae|z|hoog|laag|tarief)\b/
const highest = 30_000_000n

/**
 * Tax by rate: rows outside the lines of the invoice in which a rate times one amount is another one, and
 * labels of tax with their rate. `isRow` tells the lines that are the invoice's own.
 */
export function taxRows(
  layout: Layout,
  headers: readonly TableHeader[],
  candidates: readonly TotalsCandidate[],
  mark: DecimalMark,
  isRow: (line: number) => boolean,
): TaxRow[] {
  const rows: TaxRow[] = []
  layout.lines.forEach((line, index) => {
    if (isRow(index)) return
    const figures = figuresIn(line.words, mark)
    const header = headers.findLast(
      (header) => header.last < index && header.page === line.page && index - header.last < 12,
    )
    const inTable =
      header?.labels.some(({ role }) => role === 'base' || role === 'taxAmount' || role === 'taxRate') ??
      false
    if (!inTable && !taxWords.test(plain(line.text)) && !figures.some(({ percent }) => percent)) return
    const roles = new Set(header?.labels.map(({ role }) => role))
    const isOfTaxes = roles.has('base') && roles.has('taxAmount')
    const row = rowOf(figures, inTable) ?? (isOfTaxes ? unfittingRow(under(figures, header)) : null)
    if (row) rows.push({ ...row, line: index, page: line.page, words: line.text })
  })
  for (const { field, figure, rate, base, line, page, label } of candidates) {
    if (field !== 'tax' || !rate || isRow(line) || figure.percent) continue
    if (
      rows.some(
        (row) => row.line === line || (row.rate.units === rate.units && row.amount?.units === figure.units),
      )
    )
      continue
    rows.push({ rate, base, amount: figure, line, page, words: label })
  }
  for (const { rate, line, page, label } of bareRates(layout, mark)) {
    if (!isRow(line) && !rows.some((row) => row.rate.units === rate.units))
      rows.push({ rate, base: null, amount: null, line, page, words: label })
  }
  return onePerRate(rows)
}

/** Base and amount of a rate among the figures of a line. */
function rowOf(
  figures: readonly PrintedFigure[],
  inTable: boolean,
): Pick<TaxRow, 'rate' | 'base' | 'amount'> | null {
  const money = figures.filter((figure) => figure.money && !figure.percent)
  const rates = figures.filter(
    (figure) =>
      figure.units >= 0n && figure.units <= highest && (figure.percent || (inTable && figure.decimals <= 2)),
  )
  for (const rate of rates.toSorted((a, b) => Number(b.percent) - Number(a.percent))) {
    const others = money.filter((figure) => figure !== rate)
    for (const base of others) {
      const amount = others.find(
        (other) =>
          other !== base &&
          near(shareOf(base.units, rate.units), other.units) &&
          absolute(other.units) <= absolute(base.units),
      )
      if (amount && (base.units !== 0n || rate.units === 0n)) return { rate, base, amount }
    }
  }
  return null
}

/** In a table of taxes a row counts as it is printed, also where base and rate do not give its amount. */
function unfittingRow(figures: readonly PrintedFigure[]): Pick<TaxRow, 'rate' | 'base' | 'amount'> | null {
  const rates = figures.filter(({ percent }) => percent)
  const small = figures.filter(
    ({ units, money, decimals }) => !money && decimals <= 2 && units >= 0n && units <= highest,
  )
  const [rate, ...more] = rates.length > 0 ? rates : small
  const [base, amount, ...others] = figures.filter((figure) => figure.money && figure !== rate)
  if (!rate || more.length > 0 || !base || !amount || others.length > 0) return null
  return { rate, base, amount }
}

/** The figures that stand under a header, not beside its table. */
function under(figures: readonly PrintedFigure[], header: TableHeader | undefined): PrintedFigure[] {
  const boxes = header?.labels.map(({ box }) => box) ?? []
  const [l, r] = [Math.min(...boxes.map((box) => box.l)) - 20, Math.max(...boxes.map((box) => box.r)) + 20]
  return figures.filter(({ box }) => box.l >= l && box.r <= r)
}

/** The same rate may stand in the sums and in a table of its own: the row with base and amount says most. */
function onePerRate(rows: readonly TaxRow[]): TaxRow[] {
  const said = ({ base, amount }: TaxRow) => (base ? 1 : 0) + (amount ? 1 : 0)
  return rows.filter((row, index) =>
    rows.every((other, at) => {
      if (at === index || other.rate.units !== row.rate.units) return true
      return said(other) < said(row) || (said(other) === said(row) && at > index)
    }),
  )
}

/** A single rate has the net as its base and the tax as its amount, where those are printed and fit. */
export function completed(
  rows: readonly TaxRow[],
  nets: readonly (PrintedFigure | undefined)[],
  tax: PrintedFigure | undefined,
): TaxRow[] {
  const [row, ...more] = rows
  const amount = row?.amount ?? tax
  if (!row || more.length > 0 || row.base || !amount) return [...rows]
  const net = nets.find(
    (figure) => figure !== undefined && near(shareOf(figure.units, row.rate.units), amount.units),
  )
  return [net ? { ...row, base: net, amount } : row]
}

/** Where the sums name no rate and all lines have the same one, the tax is of it. */
export function rateOfLines(
  rows: readonly TaxRow[],
  items: readonly LineItem[],
  tax: TotalsCandidate | null | undefined,
): TaxRow[] {
  const [first, ...more] = items.flatMap((item) => item.taxRate ?? [])
  const all =
    first !== undefined &&
    more.length + 1 === items.length &&
    more.every(({ units }) => units === first.units)
  if (rows.length > 0 || !tax || !all || !items[0]) return [...rows]
  return [
    { rate: first, base: null, amount: tax.figure, line: tax.line, page: items[0].page, words: tax.label },
  ]
}
