import { gapBetween } from './line-text.ts'
import { boxAround, type PlacedLine, type PlacedPage } from './placed-text.ts'
import { type Direction, directionOf, hasLeftward, inReadingOrder, readWord } from './reading-order.ts'
import { inColumns } from './vertical-columns.ts'

/** Words that are closer to each other, in heights of their line, have no space between them. */
const narrowestSpace = 0.08

/**
 * A page as Poppler tells of it, its words in the order in which they are read. Poppler has the words and characters of a
 * line as they stand from left to right, and divides a word where its font changes.
 */
export function readable(page: PlacedPage): PlacedPage {
  const direction = directionOf(page)
  const blocks = page.blocks.map((block) =>
    block.map((line) => readableLine(line, direction)).filter((line) => line.length > 0),
  )
  return inColumns({ ...page, blocks: blocks.filter((block) => block.length > 0) })
}

function readableLine(seen: PlacedLine, direction: Direction): PlacedLine {
  const isLeftward = direction === 'right-to-left' || seen.some(({ text }) => hasLeftward(text))
  const [, top, , bottom] = boxAround(seen)
  const space = (bottom - top) * narrowestSpace
  return (isLeftward ? inReadingOrder(seen, direction) : seen)
    .map((word) => ({ ...word, text: readWord(word.text, direction) }))
    .filter(({ text }) => text !== '')
    .map((word, index, line) => {
      const before = line[index - 1]
      const isJoined = before !== undefined && gapBetween(before.box, word.box) < space
      return isJoined ? { ...word, joined: true } : word
    })
}
