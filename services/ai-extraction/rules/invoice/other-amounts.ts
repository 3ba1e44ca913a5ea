import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import { datesIn } from './dates.ts'
import type { DecimalMark } from './figures.ts'
import { figuresIn, type PrintedFigure } from './printed-figures.ts'
import { rightOf, type TotalsCandidate } from './totals-candidates.ts'
import { totalsHits } from './totals-hits.ts'

const means =
  /\b(ideal|visa|mastercard|paypal|card|karte|kreditkarte|carte|tarjeta|carta|cash|bar|contant|pin|bancontact|virement|transfer|uberweisung|lastschrift|stripe|rembours|cheque|check|klarna|amex|apple pay|sepa|bonifico|transferencia|especes|efectivo|contanti|giropay|sofort|payment|paiement|pago|pagamento|betaling|zahlung|reglement|prelevement|incasso|domiciliacion)\b/

/** Rates that a label of tax has beside it without an amount: `Tax rate 0%`. */
export function bareRates(
  layout: Layout,
  mark: DecimalMark,
): { rate: PrintedFigure; line: number; page: number; label: string }[] {
  const hits = totalsHits(layout).filter((hit) => hit.meanings.some(({ field }) => field === 'tax'))
  const onLine = Map.groupBy(hits, ({ line }) => line)
  return hits.flatMap((hit) => {
    const figures = [...rightOf(layout, hit, onLine.get(hit.line) ?? [], mark), ...figuresIn(hit.lead, mark)]
    const rate = figures.find((figure) => figure.percent)
    return rate ? [{ rate, line: hit.line, page: layout.lines[hit.line]?.page ?? 1, label: hit.label }] : []
  })
}

/** Lines that tell how and on which day an amount was paid: `Visa 12.03.2024 119,00`. They have no label of their own. */
export function paymentLines(layout: Layout, mark: DecimalMark, from: number): TotalsCandidate[] {
  return layout.lines.flatMap((line, index) => {
    if (index < from || line.words.length > 14) return []
    return (layout.cells[index] ?? []).flatMap((_, at, cells) => {
      const words = cells.slice(at).flatMap((cell) => cell.words)
      const dates = datesIn(words, 'dmy').concat(datesIn(words, 'mdy'))
      const figure = figuresIn(words, mark).find(
        (figure) => figure.money && !dates.some(({ from, to }) => figure.from >= from && figure.from < to),
      )
      const isOwn = dates[0] !== undefined && figure !== undefined && dates[0].from < figure.from
      if (
        !isOwn ||
        !means.test(
          plain(
            words
              .slice(0, dates[0]?.from)
              .map((word) => word.text)
              .join(' '),
          ),
        )
      )
        return []
      return [
        {
          field: 'paid' as const,
          figure,
          rate: null,
          base: null,
          line: index,
          page: line.page,
          label: '',
          words: [],
          clear: false,
          alone: false,
          strength: 0.7,
        },
      ]
    })
  })
}

/** Every amount of money outside of rows, the first of each size, without a label. */
export function looseAmounts(
  layout: Layout,
  mark: DecimalMark,
  rows: ReadonlySet<number>,
): Map<bigint, TotalsCandidate> {
  const amounts = new Map<bigint, TotalsCandidate>()
  layout.lines.forEach(({ words, page }, line) => {
    if (rows.has(line)) return
    for (const figure of figuresIn(words, mark)) {
      if (!figure.money || amounts.has(figure.units)) continue
      amounts.set(figure.units, {
        field: 'net',
        figure,
        rate: null,
        base: null,
        line,
        page,
        label: '',
        words: [],
        clear: false,
        alone: false,
        strength: 0.35,
      })
    }
  })
  return amounts
}
