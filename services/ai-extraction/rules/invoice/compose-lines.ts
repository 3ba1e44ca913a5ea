import type { Adjustment, InvoiceLine, Tax } from '@pdf-smaller/contracts/extraction'
import type { Word } from '../../reading/page-words.ts'
import { datesIn, type DateOrder } from './dates.ts'
import { absolute } from './figures.ts'
import type { FieldMaker } from './fields.ts'
import type { LineItem } from './line-items.ts'
import type { PrintedFigure } from './printed-figures.ts'
import type { TaxRow } from './taxes.ts'
import type { TotalsCandidate } from './totals-candidates.ts'
import type { Totals } from './sums.ts'

/** The lines of the invoice as fields. Amounts are net unless the document's sums say that tax is in them. */
export function linesOf(
  totals: Totals | null,
  all: readonly LineItem[],
  order: DateOrder,
  make: FieldMaker,
): InvoiceLine[] {
  const items = totals?.counted ?? all
  return items.map((item) => defined({ ...textsOf(item, order, make), ...figuresOf(item, totals, make) }))
}

function textsOf(item: LineItem, order: DateOrder, make: FieldMaker) {
  const text = (words: readonly Word[]) => {
    const said = words
      .map((word) => word.text)
      .join(' ')
      .trim()
    return said === '' ? undefined : make.text(said, words, item.page, { label: 0.8 })
  }
  const [date] = datesIn(item.date, order)
  return {
    position: text(item.position),
    description: text(item.description) ?? text(item.code),
    productCode: text(item.code),
    unit: text(item.unit),
    date: date ? { ...make.text(date.day, item.date, item.page, { label: 0.8 }) } : undefined,
  }
}

function figuresOf(item: LineItem, totals: Totals | null, make: FieldMaker) {
  const grounds = { label: 0.85, sums: item.holds || undefined } as { label: number; sums?: boolean }
  if (!item.holds) delete grounds.sums
  const money = (figure: PrintedFigure | undefined) => figure && make.money(figure, item.page, grounds)
  const decimal = (figure: PrintedFigure | undefined) => figure && make.decimal(figure, item.page, grounds)
  const withTax = totals?.includeTax === true
  const net = withTax ? undefined : (item.amount ?? (totals?.includeTax === false ? item.gross : undefined))
  const gross = withTax ? (item.amount ?? item.gross) : item.gross === net ? undefined : item.gross
  const discount = item.discount && { ...item.discount, ...positive(item.discount) }
  return {
    quantity: decimal(item.quantity),
    unitPrice: item.unitPrice && make.price(item.unitPrice, item.page, grounds),
    discount: item.discountIsPercent ? undefined : money(discount),
    discountPercent: item.discountIsPercent ? decimal(discount) : undefined,
    vatRate: decimal(item.taxRate),
    taxAmount: money(item.taxAmount),
    netAmount: money(net),
    grossAmount: money(gross),
  }
}

const positive = (figure: PrintedFigure) => ({
  units: absolute(figure.units),
  text: figure.text.replace(/^-/, ''),
})

/** Tax by rate as fields; exempt, reverse charged and exported goods by what the document says at a rate of nothing. */
export function taxesOf(rows: readonly TaxRow[], text: string, make: FieldMaker): Tax[] {
  return rows.map((row) => {
    const borne = row.base !== null && row.amount !== null
    const grounds = borne ? { label: 0.9, sums: true } : { label: 0.9 }
    const category = row.rate.units === 0n ? zeroCategory(text) : 'S'
    return defined({
      category: make.text(category, [], row.page, { label: 0.6 }),
      rate: make.decimal(row.rate, row.page, grounds),
      base: row.base ? make.money(row.base, row.page, grounds) : undefined,
      amount: row.amount ? make.money(row.amount, row.page, grounds) : undefined,
    })
  })
}

/** UNTDID 5305: reverse charge, supply within the EU, export, exempt, or plainly at zero. */
function zeroCategory(text: string): 'AE' | 'K' | 'G' | 'E' | 'Z' {
  if (
    /reverse charge|steuerschuldnerschaft|autoliquidation|inversion del sujeto pasivo|inversione contabile|btw verlegd|verlegd|13b ustg/.test(
      text,
    )
  )
    return 'AE'
  if (
    /intra ?community|innergemeinschaftlich|intracommunautaire|intracomunitari|intracommunautair/.test(text)
  )
    return 'K'
  if (/\bexport\b|ausfuhr|exportation|exportacion|esportazione|uitvoer/.test(text)) return 'G'
  return /exempt|steuerfrei|steuerbefrei|kleinunternehmer|19 ustg|exonere|non applicable|exento|exenta|esente|vrijgesteld|franchise|art 293/.test(
    text,
  )
    ? 'E'
    : 'Z'
}

/** Allowances and charges on the whole document. */
export function adjustmentsOf(
  candidates: readonly TotalsCandidate[],
  totals: Totals | null,
  make: FieldMaker,
): Adjustment[] {
  if ((totals?.gross?.units ?? 0n) < 0n) return []
  const seen = new Set<number>()
  return candidates.flatMap((candidate): Adjustment[] => {
    const { field, figure, page, line, rate } = candidate
    if ((field !== 'allowance' && field !== 'charge') || figure.units === 0n || !figure.money) return []
    const total = field === 'allowance' ? totals?.allowance : totals?.charge
    // A total of them is told once; the parts of one that is not printed are told each.
    const isPart = total?.candidate ? total.candidate === candidate : total !== undefined
    if (!isPart || seen.has(line)) return []
    seen.add(line)
    const amount = isPart
      ? make.money({ ...figure, ...positive(figure) }, page, { label: candidate.strength, sums: true })
      : undefined
    if (!amount) return []
    return [
      defined({
        kind: field,
        reason: make.text(candidate.words.map((word) => word.text).join(' '), candidate.words, page, {
          label: 0.8,
        }),
        amount,
        percent: rate ? make.decimal(rate, page, { label: 0.7 }) : undefined,
      }),
    ]
  })
}

/** Without what is undefined: an absent field is absent in the file. */
export function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
