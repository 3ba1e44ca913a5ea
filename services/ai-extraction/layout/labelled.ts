import type { Word } from '../reading/page-words.ts'
import { boxAround, height, sharedWidth, type Box } from './boxes.ts'
import { cellAround, type Cell } from './cells.ts'
import { plain } from './plain-text.ts'

/** Where the value of a label was looked for, from the surest place to the least sure. */
export type Place = 'same-cell' | 'right' | 'below'

/**
 * A label with what may be its value: the rest of its own cell, the next cell to the right, or
 * the cell under it.
 */
export type Labelled = { label: string; box: Box; line: number; place: Place; value: Cell }

/** The cells of one line, from left to right; one list for each line of the document. */
export type CellRows = readonly (readonly Cell[])[]

/**
 * All values of a label in a document. `labels` are in small letters without accents, the longest
 * that fits counts; a label stands at the beginning of a cell or after a blank in it, never inside
 * a word. Each label gives up to three values; the caller takes the first of the right shape.
 */
export function labelled(rows: CellRows, labels: readonly string[]): Labelled[] {
  const byFirstWord = Map.groupBy(
    labels.toSorted((a, b) => b.length - a.length),
    firstWord,
  )
  return rows.flatMap((cells, line) =>
    cells.flatMap((cell, index) => {
      const found = labelIn(cell.words, byFirstWord)
      return found ? valuesOf(rows, line, index, found) : []
    }),
  )
}

type Found = { label: string; words: Word[]; rest: Word[] }

type ByFirstWord = ReadonlyMap<string, readonly string[]>

const firstWord = (text: string) => text.split(' ', 1)[0] ?? ''

function labelIn(words: readonly Word[], labels: ByFirstWord): Found | null {
  const parts = words.map((word) => plain(word.text))
  for (let at = 0; at < words.length; at++) {
    for (const label of labels.get(firstWord(parts[at] ?? '')) ?? []) {
      const length = lengthAt(parts, at, label)
      if (length === 0) continue
      return { label, words: words.slice(at, at + length), rest: words.slice(at + length) }
    }
  }
  return null
}

/** How many words from here make up the label; 0 where they do not. Bare marks count for nothing. */
function lengthAt(parts: readonly string[], at: number, label: string): number {
  let text = ''
  for (let length = 1; at + length <= parts.length; length++) {
    const part = parts[at + length - 1] ?? ''
    if (part !== '') text = text === '' ? part : `${text} ${part}`
    if (text === label) return length
    if (!label.startsWith(text)) return 0
  }
  return 0
}

function valuesOf(rows: CellRows, line: number, index: number, { label, words, rest }: Found): Labelled[] {
  const box = boxAround(words.map((word) => word.box))
  const cells = rows[line] ?? []
  const page = cells[index]?.page ?? 1
  const values: Labelled[] = []
  const say = (place: Place, value: Cell | undefined) => {
    if (value) values.push({ label, box, line, place, value })
  }
  const own = rest.filter((word, at) => at > 0 || plain(word.text) !== '')
  if (own.length > 0) say('same-cell', cellAround(page, own))
  say('right', cells[index + 1])
  say('below', cellBelow(rows, line, box))
  return values
}

/** The first cell under a box, at most two and a half of its heights away. */
function cellBelow(rows: CellRows, line: number, box: Box): Cell | undefined {
  for (let next = line + 1; next < line + 4; next++) {
    const cell = rows[next]?.find((cell) => sharedWidth(cell.box, box) > 0)
    if (cell) return cell.box.t - box.b < 2.5 * height(box) && cell.box.t >= box.t ? cell : undefined
  }
  return undefined
}
