import { type Box, boxAround, type ReadLine, type ReadPage } from '@pdf-smaller/text'

type Word = ReadLine['words'][number]

/** From 0 to 100; of words that a second reading found where a first had none, less sure ones were mostly drawings. */
const leastConfidence = 50

/**
 * Joins two readings of a page. Doubtful words give way to those at their place that are surer; words that stand where
 * nothing was read become paragraphs of their own, behind the one above them.
 * @param second what was read where the first reading had nothing, or doubtful words
 */
export function joinedReadings(first: ReadPage, second: ReadPage, doubtful: ReadonlySet<Word>): ReadPage {
  const others = new Set(second.paragraphs.flat().flatMap(({ words }) => words))
  const keptOrSurer = (word: Word): Word[] => {
    if (!doubtful.has(word)) return [word]
    const rivals = [...others].filter(({ box }) => isWithin(box, word.box) || isWithin(word.box, box))
    for (const rival of rivals) others.delete(rival)
    const sureness = Math.min(...rivals.map(({ confidence }) => confidence))
    return rivals.length > 0 && sureness > word.confidence ? rivals : [word]
  }
  const paragraphs = first.paragraphs.map((lines) =>
    lines.map((line) => ({ ...line, words: line.words.flatMap(keptOrSurer) })),
  )
  const read = paragraphs.flat().flatMap(({ words }) => words)
  const isNew = (word: Word) =>
    others.has(word) &&
    word.confidence >= leastConfidence &&
    /[\p{L}\p{N}]/u.test(word.text) &&
    !read.some(({ box }) => isWithin(word.box, box))
  for (const lines of second.paragraphs) {
    const added = lines
      .map((line) => ({ ...line, words: line.words.filter(isNew) }))
      .filter(({ words }) => words.length > 0)
    if (added.length > 0) paragraphs.splice(placeOf(added, paragraphs), 0, added)
  }
  return { ...first, paragraphs }
}

/** Behind the last paragraph that stands above and not beside it; at the end where there is none. */
function placeOf(added: readonly ReadLine[], paragraphs: readonly ReadLine[][]): number {
  const [left, top, right] = boxOf(added)
  const above = paragraphs.findLastIndex((lines) => {
    const box = boxOf(lines)
    return box[3] <= top && box[0] < right && box[2] > left
  })
  return above < 0 ? paragraphs.length : above + 1
}

const boxOf = (lines: readonly ReadLine[]): Box => boxAround(lines.flatMap(({ words }) => words))

/** Whether the middle of a box lies in another. */
function isWithin([left, top, right, bottom]: Box, other: Box): boolean {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  return x >= other[0] && x <= other[2] && y >= other[1] && y <= other[3]
}
