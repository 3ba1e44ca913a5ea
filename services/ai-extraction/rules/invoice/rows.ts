import { median } from '../../layout/boxes.ts'
import type { Word } from '../../reading/page-words.ts'
import type { ColumnLabel } from './line-table.ts'
import type { PrintedFigure } from './printed-figures.ts'
import type { RawLine } from './raw-rows.ts'

/** One row of a table over all its lines: figures by column, the unit, and the words of each line. */
export type Row = {
  anchor: number
  page: number
  lines: number[]
  figures: Map<number, PrintedFigure>
  unit: Word[]
  text: Word[][]
}

/**
 * Rows by their anchors: the lines with a figure in the column of amounts. Figures on other lines belong
 * to the nearest anchor that misses them (a cell may be set lower than its neighbours), words to the row
 * that they stand closest to. `isEnd` tells lines that stand between rows but belong to none.
 */
export function rowsOf(
  raw: readonly RawLine[],
  anchorColumn: number,
  isNoRow: (line: number) => boolean,
): Row[] {
  const anchors = raw.filter((line) => line.figures.has(anchorColumn) && !isNoRow(line.line))
  const rows = anchors.map(rowAt)
  const others = raw.filter((line) => !anchors.includes(line) && !isNoRow(line.line))
  for (const line of others) attachFigures(rows, anchors, line)
  attachText(rows, anchors, raw, isNoRow)
  return rows
}

export function rowAt(line: RawLine): Row {
  return {
    anchor: line.line,
    page: line.page,
    lines: [line.line],
    figures: new Map(line.figures),
    unit: line.unit,
    text: [],
  }
}

const pitchOf = (line: RawLine) => line.bottom - line.top

function attachFigures(rows: readonly Row[], anchors: readonly RawLine[], line: RawLine): void {
  if (line.figures.size === 0) return
  const distance = (anchor: RawLine) => Math.abs(anchor.top + anchor.bottom - line.top - line.bottom) / 2
  const near = anchors
    .map((anchor, index) => ({ row: rows[index], anchor, far: distance(anchor) }))
    .filter(({ anchor, far }) => anchor.page === line.page && far < 1.6 * pitchOf(line))
    .toSorted((a, b) => a.far - b.far)
  const row = near.find(
    ({ row }) => row && [...line.figures.keys()].every((column) => !row.figures.has(column)),
  )?.row
  if (!row) return
  for (const [column, figure] of line.figures) row.figures.set(column, figure)
  if (row.unit.length === 0) row.unit = line.unit
}

/** Between two anchors the widest gap parts the rows; where the lines are evenly set, they belong to the row above. */
function attachText(
  rows: readonly Row[],
  anchors: readonly RawLine[],
  raw: readonly RawLine[],
  isNoRow: (line: number) => boolean,
): void {
  const own = anchors.filter((anchor) => anchor.text.some((word) => /\p{L}{2}/u.test(word.text))).length
  const around = { below: own * 2 >= anchors.length, usual: median(gaps(raw)), isNoRow }
  let above = around.below ? 0 : 1
  anchors.forEach((anchor, index) => {
    const before = anchors[index - 1]
    if (!before) return addText(rows[0], anchor)
    const between = raw.slice(raw.indexOf(before) + 1, raw.indexOf(anchor))
    const cut = splitAt(between, before, anchor, around)
    const stop = between.findIndex((line) => isNoRow(line.line))
    for (const line of between.slice(0, stop < 0 ? cut : Math.min(stop, cut))) addText(rows[index - 1], line)
    for (const line of between.slice(cut)) addText(rows[index], line)
    if (cut < between.length) above++
    addText(rows[index], anchor)
  })
  addHead(rows[0], raw, anchors, above > 0 || anchors.length === 1, isNoRow)
  const last = anchors.at(-1)
  if (last) addTail(rows.at(-1), raw.slice(raw.indexOf(last) + 1), last, around)
}

/** Lines over the first row are its own only where other rows begin over their figures too; else a section's title. */
function addHead(
  row: Row | undefined,
  raw: readonly RawLine[],
  anchors: readonly RawLine[],
  isUsual: boolean,
  isNoRow: (line: number) => boolean,
): void {
  const [anchor] = anchors
  if (!row || !anchor || !isUsual) return
  const before = raw.slice(0, raw.indexOf(anchor))
  const head = before.slice(startOfFirst(before, anchor, isNoRow)).filter((line) => line.text.length > 0)
  row.text.unshift(...head.map((line) => line.text))
  row.lines.push(...head.map(({ line }) => line))
}

type Around = { below: boolean; usual: number; isNoRow: (line: number) => boolean }

function gaps(raw: readonly RawLine[]): number[] {
  return raw.flatMap((line, index) => {
    const above = raw[index - 1]
    return above && above.page === line.page ? [line.top - above.top] : []
  })
}

/** The index of the first line that belongs to the row of the lower anchor. */
function splitAt(
  between: readonly RawLine[],
  above: RawLine,
  anchor: RawLine,
  { below, isNoRow }: Around,
): number {
  const stop = between.findIndex((line) => isNoRow(line.line))
  // What follows the sum of a section is the title of the next one.
  if (stop >= 0) return below ? between.length : stop
  const all = [above, ...between, anchor]
  const steps = all
    .slice(1)
    .map((line, index) => (line.page === all[index]?.page ? line.top - (all[index]?.top ?? 0) : Infinity))
  const widest = Math.max(...steps)
  const rest = steps.filter((step) => step !== widest)
  if (rest.length === steps.length - 1 && rest.length > 0 && widest > 1.25 * Math.max(...rest))
    return steps.indexOf(widest)
  return below ? between.length : 0
}

/** Lines over the first row that stand close to it; a section's title stands apart. */
function startOfFirst(
  between: readonly RawLine[],
  anchor: RawLine,
  isNoRow: (line: number) => boolean,
): number {
  let cut = between.length
  let next = anchor
  while (cut > 0) {
    const line = between[cut - 1]
    if (!line || isNoRow(line.line) || line.page !== next.page || next.top - line.top > 1.7 * pitchOf(next))
      break
    next = line
    cut--
  }
  return cut
}

/** What follows the last row belongs to it as long as no gap, no other page and no sum comes. */
function addTail(
  row: Row | undefined,
  lines: readonly RawLine[],
  last: RawLine,
  { usual, below, isNoRow }: Around,
): void {
  if (!below) return
  let above = last
  for (const line of lines.slice(0, 8)) {
    const step = line.top - above.top
    if (isNoRow(line.line) || line.page !== above.page || step > 1.6 * Math.max(usual, pitchOf(above))) return
    if (line.figures.size > 1) return
    addText(row, line)
    above = line
  }
}

function addText(row: Row | undefined, line: RawLine): void {
  if (!row || line.text.length === 0) return
  row.text.push(line.text)
  if (!row.lines.includes(line.line)) row.lines.push(line.line)
}

/** The column that the anchors stand in: amounts, else prices. */
export function anchorColumn(labels: readonly ColumnLabel[], raw: readonly RawLine[]): number {
  const filled = (index: number) => raw.filter((line) => line.figures.get(index)?.percent === false).length
  const last = (...roles: string[]) =>
    labels
      .map((label, index) => ({ label, index }))
      .filter(({ label, index }) => roles.includes(label.role) && filled(index) > 0)
      .at(-1)?.index
  return last('amount', 'gross') ?? last('unitPrice') ?? -1
}
