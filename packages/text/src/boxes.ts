import { type Box } from './placed-text.ts'
import { boxAround } from './placed-text.ts'
import { type PlacedBlock } from './placed-text.ts'
import { type PlacedLine } from './placed-text.ts'
import { type PlacedPage } from './placed-text.ts'
import { textOf } from './line-text.ts'

/** Fewer rows, the first of which may be a heading, tell nothing; of more columns beside each other none are boxes. */
const [leastRows, mostColumns] = [3, 4]
/** In a column of a table more cells are of one kind. */
const mostAlike = 0.8
/** Rows of a box are less far below each other, in their heights. */
const widestLeading = 3
/** Lines of a box begin no farther from below each other, in points. */
const alignment = 1

/**
 * Whether the columns are boxes beside each other, such as two addresses: what stands in a row is of one kind, while it
 * changes on the way down. In a table it is the other way round.
 * @param rows the texts of cells, each row from the left; empty where nothing stands
 */
export function areBoxes([, ...rows]: readonly (readonly string[])[]): boolean {
  const columns = rows[0]?.length ?? 0
  if (rows.length + 1 < leastRows || columns < 2 || columns > mostColumns) return false
  const kinds = rows.map((row) => row.map(kindOf))
  const full = kinds.filter((row) => row.every((kind) => kind !== undefined))
  if (full.length < 2) return false
  const inColumns = Array.from({ length: columns }, (_, index) => shareOfMost(full.map((row) => row[index])))
  const inRows = full.filter((row) => new Set(row).size === 1).length / full.length
  return inRows > inColumns.reduce((sum, share) => sum + share, 0) / columns
}

/** Whether the lines of a column are of so many kinds as those of an address, and not as the cells of a table are. */
export const isBox = (texts: readonly string[]): boolean => shareOfMost(texts.map(kindOf)) < mostAlike

function kindOf(text: string): 'words' | 'number' | 'both' | undefined {
  const [hasLetter, hasDigit] = [/\p{L}/u.test(text), /\p{N}/u.test(text)]
  if (hasLetter) return hasDigit ? 'both' : 'words'
  return hasDigit ? 'number' : undefined
}

/** How many of some are what most of them are, from 0 to 1. */
function shareOfMost(kinds: readonly unknown[]): number {
  const counts = Map.groupBy(kinds, (kind) => kind)
  return Math.max(...[...counts.values()].map((alike) => alike.length)) / kinds.length
}

/** A line, or what of it stands in one column, and the block that it comes from. */
type Part = { line: PlacedLine; box: Box; block: PlacedBlock }

/** Puts boxes beside each other in the order in which they are read where rows of them were taken together. */
export function boxesInOrder(page: PlacedPage): PlacedPage {
  const blocks: PlacedBlock[] = []
  let rows: Part[][] = []
  const close = () => {
    for (const block of gridOf(rows) ?? new Set(rows.flat().map((part) => part.block))) blocks.push(block)
    rows = []
  }
  for (const block of page.blocks) {
    if (!isInRows(block)) {
      close()
      blocks.push(block)
      continue
    }
    for (const part of block.map((line): Part => ({ line, box: boxAround(line), block }))) {
      const last = rows.at(-1)
      if (last && isBeside(last, part)) last.push(part)
      else if (last && isBelow(last, part)) rows.push(divided(part, last))
      else {
        // What is left of a block is not told twice.
        if (rows.at(-1)?.at(-1)?.block !== block) close()
        rows.push([part])
      }
    }
  }
  close()
  return { ...page, blocks }
}

/** Whether a block is a line by itself, or has lines that stand beside each other. */
const isInRows = (block: PlacedBlock): boolean =>
  block.length === 1 ||
  block.some((line, index) => {
    const [before, box] = [block[index - 1], boxAround(line)]
    return (
      before !== undefined &&
      isBeside([{ line: before, box: boxAround(before), block }], { line, box, block })
    )
  })

/** A line that goes across columns, divided where those of the row above begin. */
function divided({ line, block }: Part, above: readonly Part[]): Part[] {
  const starts = above.slice(1).map(({ box }) => box[0])
  const parts: PlacedLine[] = []
  for (const word of line) {
    const isStart = starts.some((start) => Math.abs(word.box[0] - start) < alignment)
    if (parts.length === 0 || isStart) parts.push([word])
    else parts.at(-1)?.push(word)
  }
  return parts.map((own) => ({ line: own, box: boxAround(own), block }))
}

/** The columns of rows that are boxes, each as a block; undefined where they are none. */
function gridOf(rows: readonly Part[][]): PlacedBlock[] | undefined {
  const columns = (rows[0] ?? []).map((_, index) => rows.flatMap((row) => row[index] ?? []))
  if (rows.some((row) => row.length !== columns.length)) return undefined
  const boxes = columns.map(boxAround)
  if (boxes.some(([left], index) => left < (boxes[index - 1]?.[2] ?? -Infinity))) return undefined
  const texts = rows.map((row) => row.map(({ line }) => textOf(line)))
  return areBoxes(texts) ? columns.map((column) => column.map(({ line }) => line)) : undefined
}

function isBeside(row: readonly Part[], { box }: Part): boolean {
  const last = row.at(-1)
  if (!last) return false
  const [, top, right, bottom] = last.box
  const middle = (box[1] + box[3]) / 2
  return box[0] >= right && middle > top && middle < bottom
}

function isBelow(row: readonly Part[], { box }: Part): boolean {
  const [, top, , bottom] = boxAround(row)
  const height = bottom - top
  return box[1] > bottom - height / 2 && box[1] - top < height * widestLeading
}
