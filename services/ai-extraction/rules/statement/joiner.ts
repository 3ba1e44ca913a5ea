import { height } from '../../layout/boxes.ts'
import type { Line } from '../../layout/lines.ts'
import type { MarkedLine } from './marked-lines.ts'
import type { Row } from './parts.ts'
import type { Table } from './table.ts'

type Dated = { lines: MarkedLine[]; dates: Row['dates'] }

/**
 * Gives lines without an amount to the rows they belong to. Mostly they go on with the row above;
 * where the gap above them is wider than the gap below, they begin the next row, as in tables
 * whose figures stand in the middle of a row's height.
 */
export class Joiner {
  /** How many rows had lines between them and the one above, and how many of these rows those lines began. */
  readonly seen = { between: 0, begun: 0 }
  private readonly splits: boolean

  /** @param splits whether lines may begin the row below; else all go on with the row above */
  constructor(splits: boolean) {
    this.splits = splits
  }

  row: Row | null = null
  /** Lines close below the open row, not yet given away. */
  private between: MarkedLine[] = []
  /** Lines that stand free and may begin the next row. */
  private ahead: MarkedLine[] = []
  /** A line with a date and a text whose amount is still to come. */
  private pending: Dated | null = null

  open(row: Row): void {
    const own = this.row ? this.shareWith(this.row, row) : []
    const last = this.ahead.at(-1)
    const ahead =
      this.splits && last && row.lines[0] && isNear(last.line, row.lines[0].line, row.table.size)
        ? this.ahead
        : []
    row.lines.unshift(...(own.length > 0 ? own : ahead))
    this.between = []
    this.ahead = []
    this.row = row
  }

  dated(line: MarkedLine, dates: Row['dates']): void {
    this.settle()
    this.pending = { lines: [line], dates }
  }

  /** The lines with a date that a line with an amount goes on with; one that has a date itself does not. */
  takeDated(line: MarkedLine, hasDate: boolean): Dated | null {
    if (hasDate) this.settle()
    const { pending } = this
    this.pending = null
    return pending && pending.lines.at(-1)?.line.page === line.line.page ? pending : null
  }

  /** A date that no amount followed was the second one of the row above, printed below the first. */
  private settle(): void {
    const { pending, row } = this
    const [first] = pending?.lines ?? []
    if (pending && row && first && this.isNear(first, row.table)) {
      this.between.push(...pending.lines)
      row.dates.push(...pending.dates.map(({ date }) => ({ role: 'value' as const, date })))
    }
    this.pending = null
  }

  /** @returns whether the line belongs to a row */
  add(line: MarkedLine, table: Table): boolean {
    if (!this.fits(line, table)) return false
    const list = this.pending?.lines ?? (this.isNear(line, table) ? this.between : null)
    const last = list?.at(-1)
    if (list && (!last || isNear(last.line, line.line, table.size))) {
      list.push(line)
      return true
    }
    if (this.ahead.length > 0 && !isNear(this.ahead.at(-1)?.line ?? line.line, line.line, table.size))
      this.ahead = []
    this.ahead.push(line)
    return false
  }

  isNear({ line }: MarkedLine, table: Table): boolean {
    const last = this.between.at(-1) ?? this.row?.lines.at(-1)
    return last !== undefined && isNear(last.line, line, table.size)
  }

  /** Text of a row begins at the table's text and ends before its amounts do. */
  fits({ line }: MarkedLine, table: Table): boolean {
    if (line.box.l < table.textEdge - 1.2 * table.size) return false
    const right = table.columns.filter(({ l }) => l > table.textEdge).map(({ r }) => r)
    if (right.length === 0) return true
    // A long text may run below the figures, but not below the last of them.
    const isAligned = Math.abs(line.box.l - table.textEdge) < 0.5 * table.size
    return line.box.r < (isAligned ? Math.max(...right) : Math.min(...right))
  }

  /** What stands open goes to the row above. */
  breakHere(): void {
    this.settle()
    this.row?.lines.push(...this.between)
    this.between = []
    this.ahead = []
    this.pending = null
    this.row = null
  }

  /** Splits the lines between two rows at the widest gap, if one is; @returns those of the lower row. */
  private shareWith(above: Row, below: Row): MarkedLine[] {
    const { between } = this
    const first = below.lines[0]
    const last = above.lines.at(-1)
    if (!first || !last || between.length === 0) return []
    const chain = [last, ...between, first]
    const gaps = chain.slice(1).map(({ line }, index) => {
      const before = chain[index]?.line
      return before?.page === line.page ? line.box.t - before.box.b : Infinity
    })
    const [widest, narrowest] = [Math.max(...gaps), Math.min(...gaps)]
    const at =
      this.splits && widest - narrowest > 0.22 * below.table.size ? gaps.indexOf(widest) : between.length
    this.seen.between++
    if (at < between.length) this.seen.begun++
    above.lines.push(...between.slice(0, at))
    return between.slice(at)
  }
}

/** Whether a line follows another so closely that both can be one row. */
function isNear(above: Line, below: Line, size: number): boolean {
  return (
    above.page === below.page &&
    below.box.t - above.box.b < 0.95 * size &&
    below.box.t > above.box.t - height(above.box)
  )
}
