import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Word } from '../../reading/page-words.ts'
import { datesIn } from './dates.ts'
import type { DecimalMark } from './figures.ts'
import { startsOf, type Hit } from './label-hits.ts'
import { figuresIn, type PrintedFigure } from './printed-figures.ts'
import { meaningOfLabel } from './label-grammar.ts'
import { totalsHits } from './totals-hits.ts'
import type { TotalsField } from './words/totals-words.ts'

/** An amount beside a label of the sums. `strength` says how clear the label is and how near it stands. */
export type TotalsCandidate = {
  field: TotalsField
  figure: PrintedFigure
  /** The rate that stands between label and amount: `VAT 20% 19.00`. */
  rate: PrintedFigure | null
  /** Another amount between them: `VAT 20% on 95.00 19.00`. */
  base: PrintedFigure | null
  line: number
  page: number
  label: string
  /** The words of the label. */
  words: Word[]
  strength: number
}

/** All amounts that stand right of or under a label of the sums, in the order of the page. */
export function totalsCandidates(layout: Layout, mark: DecimalMark): TotalsCandidate[] {
  const hits = totalsHits(layout)
  const starts = startsOf(layout.cells, hits)
  const onLine = Map.groupBy(hits, ({ line }) => line)
  return hits.flatMap((hit) => candidatesOf(layout, hit, onLine.get(hit.line) ?? [], starts, mark))
}

/** `Total incl. 9% VAT` says no tax, whatever its last word alone would. */
function meaningsOf(layout: Layout, hit: Hit<TotalsField>): Hit<TotalsField>['meanings'] {
  if (hit.before === 0 || !hit.meanings.some(({ field }) => field === 'tax')) return hit.meanings
  const words = [...hit.lead, ...hit.words].filter((word) => !/\d/.test(word.text))
  const whole = meaningOfLabel(words.map((word) => word.text).join(' '))
  return whole === 'gross' || whole === 'net' ? [] : hit.meanings
}

function candidatesOf(
  layout: Layout,
  hit: Hit<TotalsField>,
  hits: readonly Hit<TotalsField>[],
  starts: ReturnType<typeof startsOf>,
  mark: DecimalMark,
): TotalsCandidate[] {
  const meanings = meaningsOf(layout, hit)
  const right = rightOf(layout, hit, hits, mark)
  const amounts = right.filter((figure) => !figure.percent)
  const rate =
    right.find((figure) => figure.percent) ??
    figuresIn(hit.lead, mark).find((figure) => figure.percent) ??
    null
  const base = amounts.length > 1 && amounts[0]?.money ? (amounts[0] ?? null) : null
  const last = amounts.at(-1)
  const found = last ? [{ figure: last, line: hit.line, place: 1 }] : below(layout, hit, starts, mark)
  const cell = layout.cells[hit.line]?.[hit.cell]
  const prose = (cell?.words.length ?? 0) > 14 ? 0.4 : hit.before > 3 ? 0.6 : 1
  return found.flatMap(({ figure, line, place }) =>
    meanings.map(({ field, clear }) => ({
      field,
      figure,
      rate,
      base,
      line,
      page: layout.lines[line]?.page ?? 1,
      label: hit.label,
      words: hit.words,
      strength: (clear ? 1 : 0.6) * prose * place * (figure.money ? 1 : 0.4),
    })),
  )
}

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
          strength: 0.7,
        },
      ]
    })
  })
}

/** The numbers right of a label on its line, up to the next label that has numbers of its own. */
function rightOf(
  layout: Layout,
  hit: Hit<TotalsField>,
  hits: readonly Hit<TotalsField>[],
  mark: DecimalMark,
): PrintedFigure[] {
  const line = layout.lines[hit.line]
  const last = hit.words.at(-1)
  if (!line || !last) return []
  const figures = figuresIn(line.words, mark).filter((figure) => figure.box.l >= last.box.r - 1)
  const next = hits
    .filter((other) => (other.words[0]?.box.l ?? 0) > last.box.r - 1)
    .map((other) => other.words[0]?.box.l ?? Infinity)
  const upTo = next.find((l) => figures.some((figure) => !figure.percent && figure.box.r <= l + 1))
  return upTo === undefined ? figures : figures.filter((figure) => figure.box.r <= upTo + 1)
}

/** Sums set in a row of their own under a row of labels; there may be a row for each rate before that of the sums. */
function below(
  layout: Layout,
  hit: Hit<TotalsField>,
  starts: ReturnType<typeof startsOf>,
  mark: DecimalMark,
): { figure: PrintedFigure; line: number; place: number }[] {
  const own = layout.cells[hit.line]?.[hit.cell]
  const [first, last] = [hit.words[0], hit.words.at(-1)]
  if (!own || !first || !last) return []
  const found: { figure: PrintedFigure; line: number; place: number }[] = []
  let bottom = own.box.b
  for (let index = hit.line + 1; index < hit.line + 8; index++) {
    const line = layout.lines[index]
    if (!line || line.page !== own.page || line.box.t - bottom > 3.5 * (own.box.b - own.box.t)) break
    const over = layout.cells[index]?.find((cell) => cell.box.l < last.box.r && cell.box.r > first.box.l)
    if (over && starts.has(over)) break
    const figures = figuresIn(line.words, mark).filter(
      ({ box, percent }) => !percent && box.l < last.box.r + 12 && box.r > first.box.l - 12,
    )
    const [nearest] = figures.toSorted(
      (a, b) => gap(a.box, first.box.l, last.box.r) - gap(b.box, first.box.l, last.box.r),
    )
    if (!nearest) continue
    found.push({ figure: nearest, line: index, place: 0.8 })
    bottom = line.box.b
  }
  return found
}

const gap = (box: { l: number; r: number }, l: number, r: number) => Math.abs(box.r - r) + Math.abs(box.l - l)

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
        strength: 0.35,
      })
    }
  })
  return amounts
}
