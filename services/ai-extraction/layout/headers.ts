import { currencyOf } from '@pdf-smaller/extraction'
import type { Word } from '../reading/page-words.ts'
import { boxAround, height, sharedWidth, type Box } from './boxes.ts'
import { cellsOf } from './cells.ts'
import type { Line } from './lines.ts'
import { plain } from './plain-text.ts'

/** The words for each column of a table, in all languages, in small letters without accents. */
export type Synonyms<Role extends string> = Readonly<Record<Role, readonly string[]>>

/** A label over a column. */
export type HeaderLabel<Role extends string> = { role: Role; text: string; box: Box }

/** A row of labels; it may take more than one line. `first` and `last` are indexes of lines. */
export type Header<Role extends string> = {
  page: number
  first: number
  last: number
  labels: HeaderLabel<Role>[]
}

/**
 * The header rows of a table: lines where at least two different columns are named and little
 * else is said, so that prose with the same words is none. Labels may be stacked over up to three
 * lines (`Booking` over `date`).
 */
export function headersOf<Role extends string>(
  lines: readonly Line[],
  synonyms: Synonyms<Role>,
): Header<Role>[] {
  const roles = dictionary(synonyms)
  const headers: Header<Role>[] = []
  for (let first = 0; first < lines.length; first++) {
    const found = headerAt(lines, first, roles)
    if (!found) continue
    headers.push(found)
    first = found.last
  }
  return headers
}

type Dictionary<Role> = { roles: ReadonlyMap<string, Role>; longest: number }

function dictionary<Role extends string>(synonyms: Synonyms<Role>): Dictionary<Role> {
  const entries = (Object.entries(synonyms) as [Role, readonly string[]][]).flatMap(([role, texts]) =>
    texts.map((text) => [text, role] as const),
  )
  const longest = Math.max(...entries.map(([text]) => text.split(' ').length))
  return { roles: new Map(entries), longest }
}

/** Of one, two or three lines from here the fewest that name the most columns. */
function headerAt<Role extends string>(
  lines: readonly Line[],
  first: number,
  roles: Dictionary<Role>,
): Header<Role> | null {
  let best: Header<Role> | null = null
  for (let last = first; last < first + 3; last++) {
    const line = lines[last]
    if (!line || line.words.length > 30 || !followsClosely(lines, first, last)) break
    const labels = labelsIn(lines.slice(first, last + 1), roles)
    if (labels && (!best || labels.length >= best.labels.length)) {
      best = { page: line.page, first, last, labels }
    }
  }
  return best
}

function followsClosely(lines: readonly Line[], first: number, last: number): boolean {
  const [above, line] = [lines[last - 1], lines[last]]
  if (first === last || !above || !line) return true
  return line.page === above.page && line.box.t - above.box.b < 0.9 * height(above.box)
}

/** The labels of lines that form one header; null where they do not. */
function labelsIn<Role extends string>(
  lines: readonly Line[],
  dictionary: Dictionary<Role>,
): HeaderLabel<Role>[] | null {
  const labels: HeaderLabel<Role>[] = []
  let [known, words] = [0, 0]
  for (const cells of stacksOf(lines)) {
    const stack = cells.flatMap((cell) => cell.words).filter((word) => !isUnit(word))
    const found = labelsOfStack(stack, dictionary)
    // What stands under a header line belongs to it only where both together are one name.
    const isLabel = found.known === stack.length && found.labels.length === 1
    if (lines.length > 1 && cells.some((cell) => cell.line > 0) && !isLabel) return null
    labels.push(...found.labels)
    known += found.known
    words += stack.length
  }
  const different = new Set(labels.map((label) => label.role)).size
  return different >= 2 && known >= (different > 3 ? 0.45 : 0.6) * words ? labels : null
}

/** Marks alone and currencies, as in `Soll EUR` and `Balance (£)`. */
function isUnit({ text }: Word): boolean {
  return plain(text) === '' || currencyOf(text.replaceAll(/[()[\]]/g, '')) !== undefined
}

type StackedCell = { words: Word[]; box: Box; line: number }

/** Cells of the lines that stand over each other, from left to right. */
function stacksOf(lines: readonly Line[]): StackedCell[][] {
  const stacks: StackedCell[][] = []
  const cells = lines.flatMap((line, index) =>
    cellsOf(line).map(({ words, box }) => ({ words, box, line: index })),
  )
  for (const cell of cells) {
    const over = stacks.find((stack) =>
      stack.some((other) => other.line < cell.line && sharedWidth(other.box, cell.box) > 0),
    )
    if (over) over.push(cell)
    else stacks.push([cell])
  }
  return stacks.toSorted((a, b) => (a[0]?.box.l ?? 0) - (b[0]?.box.l ?? 0))
}

/** Labels in running words, the longest first: `Soll EUR Haben EUR` holds two. */
function labelsOfStack<Role extends string>(
  stack: readonly Word[],
  { roles, longest }: Dictionary<Role>,
): { labels: HeaderLabel<Role>[]; known: number } {
  const labels: HeaderLabel<Role>[] = []
  let known = 0
  for (let at = 0; at < stack.length;) {
    const length = matchLength(stack, at, { roles, longest })
    const words = stack.slice(at, at + Math.max(1, length))
    const text = words.map((word) => word.text).join(' ')
    const role = roles.get(labelText(words))
    if (length > 0 && role !== undefined) {
      labels.push({ role, text, box: boxAround(words.map(({ box }) => box)) })
      known += length
    }
    at += Math.max(1, length)
  }
  return { labels, known }
}

function matchLength<Role>(stack: readonly Word[], at: number, { roles, longest }: Dictionary<Role>): number {
  for (let length = Math.min(longest + 1, stack.length - at); length > 0; length--) {
    if (roles.has(labelText(stack.slice(at, at + length)))) return length
  }
  return 0
}

/** A word that is parted at the end of a line is one word: `Buchungs-` over `datum`. */
function labelText(words: readonly Word[]): string {
  const text = words.map((word) => word.text).join(' ')
  return plain(text.replaceAll(/(\p{L})- (?=\p{Ll})/gu, '$1'))
}
