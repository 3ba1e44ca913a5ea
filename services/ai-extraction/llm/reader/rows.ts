import { JobFailure } from '@pdf-smaller/contracts'
import type { InvoiceRow, StatementRow } from '../answers.ts'
import type { Disagreement } from '../questions.ts'
import type { Asking } from './asking.ts'
import type { Places } from './places.ts'
import type { TextLine } from './text-lines.ts'

type RowPart = 'invoice-lines' | 'statement-rows'
type RowOf<P extends RowPart> = P extends 'invoice-lines' ? InvoiceRow : StatementRow

/** A row as the model has it, and the lines that it was found on: none for one that stands nowhere. */
export type PlacedRow<Row> = { row: Row; lines: TextLine[] }

/** A row takes more lines than that in hardly any document. */
const linesOfRow = 4

/**
 * Asks for the rows that stand on some lines. Where the answer was cut off, its finished rows are kept, and what stands below
 * them is asked for; where it has none, the lines are asked for in halves.
 * @throws JobFailure llm_cut where a single row is too long; others of the service
 */
export async function readRows<P extends RowPart>(
  part: P,
  lines: readonly TextLine[],
  { asking, places }: { asking: Asking; places: Places },
  disagreement?: Disagreement,
): Promise<PlacedRow<RowOf<P>>[]> {
  const rows: PlacedRow<RowOf<P>>[] = []
  let left = lines
  while (left.length > 0) {
    const read = await attempt(part, left, asking, disagreement)
    if (read === undefined) {
      const middle = Math.ceil(left.length / 2)
      const halves = [left.slice(0, middle), left.slice(middle)]
      for (const half of halves) rows.push(...(await readRows(part, half, { asking, places })))
      break
    }
    const found = placedRows(read.rows, left, places)
    rows.push(...found)
    const last = found.findLast(({ lines }) => lines.length > 0)?.lines[0]
    // Without a row that stands there, it goes round in circles.
    if (!read.isCut || last === undefined) break
    left = left.slice(left.indexOf(last) + 1)
  }
  return rows
}

/** @returns undefined where the answer was cut off within its first row, and fewer lines may have shorter answers */
async function attempt<P extends RowPart>(
  part: P,
  lines: readonly TextLine[],
  asking: Asking,
  disagreement: Disagreement | undefined,
): Promise<{ rows: RowOf<P>[]; isCut: boolean } | undefined> {
  const isDivisible = lines.length > linesOfRow
  try {
    const { answer, isCut } = await asking.read(part, lines, disagreement ? { disagreement } : {})
    // The part says of which kind its rows are.
    const rows = answer.rows as RowOf<P>[]
    if (isCut && rows.length === 0) {
      if (isDivisible) return undefined
      throw new JobFailure('llm_cut', 'it was cut off within a row')
    }
    return { rows, isCut }
  } catch (error) {
    if (isDivisible && error instanceof JobFailure && divisible.has(error.code)) return undefined
    throw error
  }
}

/** What goes away where less is asked for. */
const divisible = new Set<string>(['llm_cut', 'llm_context'])

/**
 * Finds the lines of rows, which follow each other in the order of the rows. A row that was told before and stands on no line
 * of its own is left out: small models say the same again and again.
 */
function placedRows<Row extends InvoiceRow | StatementRow>(
  rows: readonly Row[],
  lines: readonly TextLine[],
  places: Places,
): PlacedRow<Row>[] {
  const placed: PlacedRow<Row>[] = []
  const told = new Set<string>()
  let from = 0
  for (const row of rows) {
    const at = lineOf(row, lines, from, places)
    const key = JSON.stringify(row)
    const isNew = !told.has(key)
    told.add(key)
    if (at === undefined) {
      if (isNew) placed.push({ row, lines: [] })
      continue
    }
    placed.push({ row, lines: lines.slice(at, at + linesOfRow) })
    from = at + 1
  }
  return endedByNext(placed, lines)
}

/**
 * The line from there on that a row begins on: the first on which most of its values stand. Its amount and half of the others
 * stand there or on the lines below.
 */
function lineOf(
  row: InvoiceRow | StatementRow,
  lines: readonly TextLine[],
  from: number,
  places: Places,
): number | undefined {
  const others = Object.entries(row).flatMap(([name, value]) =>
    name === 'amount' || name === 'direction' || !value ? [] : [value],
  )
  let best: { at: number; score: number } | undefined
  for (let at = from; at < lines.length; at++) {
    const own = lines.slice(at, at + 1)
    const near = lines.slice(at, at + linesOfRow)
    if (!row.amount || places.exactly(row.amount, near).length === 0) continue
    const foundOn = (where: TextLine[]) =>
      others.filter((value) => places.loosely(value, where).length > 0).length
    const score = foundOn(own)
    if (score <= (best?.score ?? -1) || foundOn(near) * 2 < others.length) continue
    best = { at, score }
    // All that it can have stands here.
    if (score === others.length) break
  }
  return best?.at
}

/** A row ends where the next one begins. */
function endedByNext<Row>(placed: readonly PlacedRow<Row>[], all: readonly TextLine[]): PlacedRow<Row>[] {
  const starts = new Set(placed.flatMap(({ lines }) => lines[0] ?? []))
  return placed.map(({ row, lines }) => {
    const next = lines.findIndex((line, index) => index > 0 && starts.has(line))
    return { row, lines: next < 0 ? lines.slice(0, all.length) : lines.slice(0, next) }
  })
}
