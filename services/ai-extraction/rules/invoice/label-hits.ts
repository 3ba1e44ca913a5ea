import { boxAround } from '../../layout/boxes.ts'
import { cellAround, type Cell } from '../../layout/cells.ts'
import type { Word } from '../../reading/page-words.ts'
import { squashed, type Labels, type Meaning } from './lexicon.ts'

/** A label that stands in a cell, and what follows it there up to the next label. */
export type Hit<Field extends string> = {
  meanings: readonly Meaning<Field>[]
  label: string
  words: Word[]
  line: number
  cell: number
  /** The words of the cell before the label: a label after others is less sure to be one. */
  before: number
  /** Those words. */
  lead: Word[]
  rest: Word[]
}

type Found<Field extends string> = {
  meanings: readonly Meaning<Field>[]
  label: string
  from: number
  to: number
  tail: Word | null
}

/**
 * All labels of all fields in the cells of a document. The longest label wins, so that `Facture associée`
 * is not read as `Facture`. A label ends at the end of a word or before its punctuation; what is glued on
 * after a colon (`Date:03/12/2024`) begins the value.
 */
export function hitsIn<Field extends string>(
  rows: readonly (readonly Cell[])[],
  labels: Labels<Field>,
): Hit<Field>[] {
  return rows.flatMap((cells, line) => cells.flatMap((cell, index) => hitsOfCell(cell, line, index, labels)))
}

function hitsOfCell<Field extends string>(
  cell: Cell,
  line: number,
  index: number,
  labels: Labels<Field>,
): Hit<Field>[] {
  const found: Found<Field>[] = []
  for (let from = 0; from < cell.words.length;) {
    const hit = longestAt(cell.words, from, labels)
    if (hit) found.push(hit)
    from = hit ? hit.to : from + 1
  }
  return found.map(({ meanings, label, from, to, tail }, at) => ({
    meanings,
    label,
    words: cell.words.slice(from, to),
    line,
    cell: index,
    before: from,
    lead: cell.words.slice(0, from),
    rest: withoutMarks([...(tail ? [tail] : []), ...cell.words.slice(to, found[at + 1]?.from)]),
  }))
}

function longestAt<Field extends string>(
  words: readonly Word[],
  from: number,
  labels: Labels<Field>,
): Found<Field> | null {
  let best: Found<Field> | null = null
  let text = ''
  // A bare mark before a label is not its beginning.
  if (squashed(words[from]?.text ?? '') === '') return null
  for (let to = from + 1; to <= Math.min(words.length, from + 9); to++) {
    const word = words[to - 1]
    if (!word) break
    const [head, tail] = cutAtColon(word)
    const label = squashed(`${text} ${head}`)
    const meanings = labels.meanings.get(label)
    if (meanings && (to === from + 1 || squashed(head) !== '')) best = { meanings, label, from, to, tail }
    if (tail || label.length > labels.longest) break
    text = `${text} ${word.text}`
    // A colon ends a label.
    if (/[:;]$/.test(word.text) && label !== '') break
  }
  return best
}

/** `Date:03/12` is `Date:` and `03/12`, and `#123` is `#` and `123`; the box is shared out by characters. */
function cutAtColon(word: Word): [head: string, tail: Word | null] {
  const match = /^(\D*[:#])(?=[^\s:/])(.+)$/.exec(word.text)
  if (match?.[1] === undefined || match[2] === undefined || match[2].startsWith('//'))
    return [word.text, null]
  const l = word.box.l + ((word.box.r - word.box.l) * match[1].length) / word.text.length
  return [match[1], { ...word, text: match[2], box: { ...word.box, l } }]
}

/** Bare marks between a label and its value say nothing. */
export function withoutMarks(words: readonly Word[]): Word[] {
  const first = words.findIndex((word) => /[\p{L}\p{N}€$£¥(]/u.test(word.text))
  if (first < 0) return []
  const [head, ...rest] = words.slice(first)
  return head ? [withoutLeadingColon(head), ...rest] : []
}

function withoutLeadingColon(word: Word): Word {
  const text = word.text.replace(/^[:=]+(?=.)/, '')
  return text === word.text ? word : { ...word, text }
}

/** Where a value was found, from the surest place on. */
export type Place = 'same-cell' | 'right' | 'below'
export type Value<Field extends string> = { hit: Hit<Field>; place: Place; cell: Cell }

/**
 * What may be the value of a label: the rest of its cell, the cells to its right up to another label,
 * and the first cell under it.
 */
export function valuesOf<Field extends string>(
  rows: readonly (readonly Cell[])[],
  hit: Hit<Field>,
  starts: ReadonlySet<Cell>,
): Value<Field>[] {
  const cells = rows[hit.line] ?? []
  const page = cells[hit.cell]?.page ?? 1
  const values: Value<Field>[] = []
  if (hit.rest.length > 0) values.push({ hit, place: 'same-cell', cell: cellAround(page, hit.rest) })
  for (const cell of cells.slice(hit.cell + 1, hit.cell + 3)) {
    const words = withoutMarks(cell.words)
    if (starts.has(cell)) break
    if (words.length > 0) values.push({ hit, place: 'right', cell: cellAround(page, words) })
  }
  // What stands beside a label is its value, be it none of the right shape; a remark in parentheses is not.
  const isTaken =
    hit.rest.some((word) => /[\p{L}\p{N}]/u.test(word.text)) && !hit.rest[0]?.text.startsWith('(')
  if (!isTaken) for (const cell of cellsBelow(rows, hit)) values.push({ hit, place: 'below', cell })
  return values
}

/** Up to two cells under a label, each at most three heights below what is over it. */
function cellsBelow<Field extends string>(rows: readonly (readonly Cell[])[], hit: Hit<Field>): Cell[] {
  const label = boxAround(hit.words.map((word) => word.box))
  const page = rows[hit.line]?.[hit.cell]?.page
  const under: Cell[] = []
  let bottom = label.b
  for (const cells of rows.slice(hit.line + 1, hit.line + 8)) {
    const cell = cells.find(({ box }) => Math.min(box.r, label.r) - Math.max(box.l, label.l) > 0)
    if (!cell) continue
    if (cell.page !== page || cell.box.t - bottom > 3 * (label.b - label.t) || under.length === 2) break
    under.push(cell)
    bottom = cell.box.b
  }
  return under
}

/** The cells that begin with a label; none of them is the value of another one. */
export function startsOf<Field extends string>(
  rows: readonly (readonly Cell[])[],
  hits: readonly Hit<Field>[],
): Set<Cell> {
  const cells = hits.filter((hit) => hit.before === 0).map((hit) => rows[hit.line]?.[hit.cell])
  return new Set(cells.filter((cell) => cell !== undefined))
}
