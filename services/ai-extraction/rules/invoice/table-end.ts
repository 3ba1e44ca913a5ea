import { plain } from '../../layout/plain-text.ts'
import type { Layout } from '../../layout/layout.ts'
import type { DecimalMark } from './figures.ts'
import type { Hit } from './label-hits.ts'
import { figuresIn } from './printed-figures.ts'
import type { RawLine } from './raw-rows.ts'
import { fillers } from './totals-candidates.ts'
import { totalsHits } from './totals-hits.ts'
import type { TotalsField } from './words/totals-words.ts'

const carried =
  /\b(ubertrag|uebertrag|carried forward|brought forward|carry forward|a reporter|report|suma y sigue|suma anterior|riporto|a riportare|transporteren|transport page|page total|page subtotal|continued|seitensumme|zwischensumme seite|sous total page|saldo pagina|pagina totaal|subtotaal pagina|totale pagina|total page|suma pagina|fortsetzung|viene de|pasa a)\b/
/** Where the rows of a table end and which lines between them are none. */
export type TableEnd = { end: number; noRows: Set<number>; carryForwards: Set<number> }

/**
 * The table ends at the first sum after its last full row: one with a quantity and an amount. Sums of sections
 * and carried sums stand between rows and are none; neither are allowances and charges that have no quantity
 * and no price where other rows have them.
 */
export function tableEnd(
  layout: Layout,
  raw: readonly RawLine[],
  mark: DecimalMark,
  isFull: (line: RawLine, isSum: boolean) => boolean,
  holds: (line: RawLine) => boolean,
): TableEnd {
  const hits = Map.groupBy(totalsHits(layout), (hit) => hit.line)
  const carryForwards = new Set(
    raw.filter((line) => carried.test(plain(layout.lines[line.line]?.text ?? ''))).map((line) => line.line),
  )
  const summed = new Set(
    raw.filter((line) => isSum(layout, hits.get(line.line) ?? [], mark)).map((line) => line.line),
  )
  const full = new Set(
    raw
      .filter((line) => isFull(line, summed.has(line.line)) && !carryForwards.has(line.line))
      .map((line) => line.line),
  )
  // Behind the first sum only rows that hold count: a footer may have numbers under the same labels.
  const first = raw.find((line) => summed.has(line.line) && !full.has(line.line))?.line ?? Infinity
  for (const line of raw) if (line.line > first && full.has(line.line) && !holds(line)) full.delete(line.line)
  const lastFull = Math.max(-1, ...full)
  const bare = (line: RawLine) => !full.has(line.line)
  const sums = raw.filter((line) => bare(line) && summed.has(line.line))
  const end = sums.find((line) => line.line > lastFull)?.line ?? Infinity
  const adjustments =
    full.size === 0 ? [] : raw.filter((line) => bare(line) && isAdjustment(hits.get(line.line) ?? [], line))
  const noRows = new Set([...sums, ...adjustments].map((line) => line.line))
  for (const line of raw) if (line.line >= end) noRows.add(line.line)
  for (const line of carryForwards) if (!full.has(line)) noRows.add(line)
  return { end, noRows, carryForwards }
}

const summing = new Set<TotalsField>([
  'lineSum',
  'net',
  'tax',
  'gross',
  'due',
  'paid',
  'rounding',
  'previousBalance',
  'withheld',
])

/** A label of the sums, alone in its cell but for rates and amounts, with an amount beside it. */
function isSum(layout: Layout, hits: readonly Hit<TotalsField>[], mark: DecimalMark): boolean {
  return hits.some((hit) => {
    if (hit.before > 1 || !hit.meanings.some(({ field }) => summing.has(field))) return false
    const said = hit.rest.filter(
      (word) =>
        /\p{L}{2}/u.test(word.text) &&
        !plain(word.text)
          .split(' ')
          .every((part) => fillers.has(part)),
    )
    if (said.length > 0) return false
    const right = hit.words.at(-1)?.box.r ?? 0
    return figuresIn(layout.lines[hit.line]?.words ?? [], mark).some((figure) => figure.box.l > right - 1)
  })
}

function isAdjustment(hits: readonly Hit<TotalsField>[], line: RawLine): boolean {
  const first = hits.find(
    (hit) => hit.before <= 2 && hit.meanings.some(({ field }) => field === 'allowance' || field === 'charge'),
  )
  return first !== undefined && line.figures.size <= 2
}
