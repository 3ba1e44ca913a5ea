import { gapBetween } from './line-text.ts'
import { type Box, boxAround, type PlacedLine, type PlacedPage, type PlacedWord } from './placed-text.ts'
import { type Direction, directionOf, hasLeftward, inReadingOrder, readWord } from './reading-order.ts'
import { withoutRepeats } from './repeated-words.ts'
import { inColumns } from './vertical-columns.ts'

/** Words that are closer to each other, in heights of their line, have no space between them. */
const narrowestSpace = 0.03

/**
 * A page as Poppler tells of it, its words in the order in which they are read. Poppler has the words and characters of a
 * line as they stand from left to right, and divides a word where its font changes.
 */
export function readable(seen: PlacedPage): PlacedPage {
  const page = withoutRepeats(seen)
  const direction = directionOf(page)
  const blocks = page.blocks.map((block) =>
    block.map((line) => readableLine(line, direction)).filter((line) => line.length > 0),
  )
  return inColumns({ ...page, blocks: blocks.filter((block) => block.length > 0) })
}

function readableLine(pieces: PlacedLine, direction: Direction): PlacedLine {
  const [left, top, right, bottom] = boxAround(pieces)
  // A line that lies on its side is as high as it is wide.
  const space = Math.min(right - left, bottom - top) * narrowestSpace
  const seen = withLettersTogether(pieces, space)
  const isLeftward = direction === 'right-to-left' || seen.some(({ text }) => hasLeftward(text))
  return (isLeftward ? inReadingOrder(seen, direction) : seen)
    .map((word) => ({ ...word, text: readWord(word.text, direction) }))
    .filter(({ text }) => text !== '')
    .map((word, index, line) => {
      const before = line[index - 1]
      const isJoined =
        before !== undefined && gapBetween(before.box, word.box) < space && !areOverEachOther(before, word)
      return isJoined ? { ...word, joined: true } : word
    })
}

/** Two words in one place are not one; a single character there may be the accent of a letter. */
function areOverEachOther(one: PlacedWord, other: PlacedWord): boolean {
  if (one.text.length < 2 || other.text.length < 2) return false
  const shared = (from: 0 | 1, to: 2 | 3) =>
    Math.max(0, Math.min(one.box[to], other.box[to]) - Math.max(one.box[from], other.box[from]))
  const area = ([left, top, right, bottom]: Box) => (right - left) * (bottom - top)
  return shared(0, 2) * shared(1, 3) > 0.5 * Math.min(area(one.box), area(other.box))
}

/** Where letters were drawn several times one by one, Poppler has each as a word. */
function withLettersTogether(line: PlacedLine, space: number): PlacedLine {
  const words: PlacedLine = []
  let piece: PlacedWord | undefined
  for (const next of line) {
    const last = words.at(-1)
    const isOneWord =
      last &&
      piece &&
      isLetter(piece) &&
      isLetter(next) &&
      areAlike(piece, next, space) &&
      gapBetween(last.box, next.box) < space
    if (isOneWord)
      words[words.length - 1] = { ...last, text: last.text + next.text, box: boxAround([last, next]) }
    else words.push(next)
    piece = next
  }
  return words
}

/** A ligature of letters that are read leftward counts as one. */
const isLetter = ({ text }: PlacedWord) => Array.from(text).length <= (hasLeftward(text) ? 2 : 1)

/** Whether two stand on one line and are as high: what is raised or lowered stays a word of its own. */
const areAlike = ({ box: one }: PlacedWord, { box: other }: PlacedWord, most: number): boolean =>
  [
    [0, 2],
    [1, 3],
  ].some((sides) => sides.every((side) => Math.abs((one[side] ?? 0) - (other[side] ?? 0)) < most))
