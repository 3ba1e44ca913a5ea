import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Word } from '../../reading/page-words.ts'
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
  /** Whether the label says this and nothing else. */
  clear: boolean
  /** Whether nothing but rates and amounts stands with the label in its cell. */
  alone: boolean
  strength: number
}

/** All amounts that stand right of or under a label of the sums, in the order of the page. */
export function totalsCandidates(layout: Layout, mark: DecimalMark): TotalsCandidate[] {
  const hits = totalsHits(layout)
  const starts = startsOf(layout.cells, hits)
  const onLine = Map.groupBy(hits, ({ line }) => line)
  return hits.flatMap((hit) => candidatesOf(layout, hit, onLine.get(hit.line) ?? [], starts, mark))
}

/** Words that may stand beside a label of the sums without changing what it says. */
export const fillers = new Set(
  'on auf von sur de of at a bei uber over su di del der das vom and und et y e incl inkl excl exkl zzgl the ht ttc eur usd gbp chf ca st mwst ust vat tva iva btw tax'.split(
    ' ',
  ),
)

/** In a row of an allowance or charge, its tax is told beside it. */
const isAdjustment = ({ meanings }: Hit<TotalsField>) =>
  meanings.some(({ field, clear }) => clear && (field === 'allowance' || field === 'charge'))

/** Labels over amounts are those of the sums where at least two of them stand in a row. */
function isRowOfSums(hits: readonly Hit<TotalsField>[]): boolean {
  const sums: readonly TotalsField[] = ['net', 'tax', 'gross', 'due', 'lineSum']
  const clear = hits.flatMap(({ meanings }) =>
    meanings.filter(({ clear, field }) => clear && sums.includes(field)),
  )
  return new Set(clear.map(({ field }) => field)).size >= 2
}

function isAlone({ lead, rest }: Hit<TotalsField>): boolean {
  return [...lead, ...rest].every(
    ({ text }) =>
      !/\p{L}{2}/u.test(text) ||
      plain(text)
        .split(' ')
        .every((part) => fillers.has(part)),
  )
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
      clear,
      alone: isAlone(hit) && !hits.some(isAdjustment) && (last !== undefined || isRowOfSums(hits)),
      strength: (clear ? 1 : 0.6) * prose * place * (figure.money ? 1 : 0.4),
    })),
  )
}

/** The numbers right of a label on its line, up to the next label that has numbers of its own. */
export function rightOf(
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
