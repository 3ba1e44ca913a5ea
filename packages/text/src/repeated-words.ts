import {
  boxAround,
  type PlacedBlock,
  type PlacedLine,
  type PlacedPage,
  type PlacedWord,
} from './placed-text.ts'

/** Copies of a word, as bold print and shadows are made of, are less far from each other, in heights of it. */
const farthest = 0.3
/** Letters that honestly stand beside each other are farther apart, in widths of one, and not above each other. */
const [farthestBeside, leastAbove] = [0.6, 0.03]
/** Letters that were drawn several times are narrower than that, in heights of their line, each of them counted. */
const narrowest = 0.42
/** Words of a row that are not farther from each other, in heights of it, are of one line. */
const widestSpace = 1
/** Takes words out that were drawn several times, each a little beside the others; one of them stays. */
export function withoutRepeats(page: PlacedPage): PlacedPage {
  const seen = new Map<string, PlacedWord[]>()
  let isThinned = false
  const isFirst = (word: PlacedWord): boolean => {
    const keys = placesNear(word)
    if (keys.some((key) => seen.get(key)?.some((other) => isCopy(word, other)))) {
      isThinned = true
      return false
    }
    const [own = ''] = keys
    seen.set(own, [...(seen.get(own) ?? []), word])
    return true
  }
  const blocks = page.blocks.map((block) =>
    block.map((line) => {
      const single = withSingleLetters(line)
      isThinned ||= single !== line
      return single.filter(isFirst)
    }),
  )
  return isThinned ? { ...page, isThinned, blocks: inWholeLines(blocks) } : page
}

const extentOf = ({ box: [left, top, right, bottom], text }: PlacedWord) => {
  const [width, height] = [right - left, bottom - top]
  // Few letters may be narrower than they are high, and longer words are not.
  return Array.from(text).length < 3 ? Math.max(width, height) : Math.min(width, height)
}

function isCopy(word: PlacedWord, other: PlacedWord): boolean {
  const away = word.box.map((side, index) => Math.abs(side - (other.box[index] ?? 0)))
  const across = Math.max(away[0] ?? 0, away[2] ?? 0)
  const down = Math.max(away[1] ?? 0, away[3] ?? 0)
  const size = extentOf(word)
  if (Math.max(across, down) > size * farthest) return false
  if (Math.min(across, down) > size * leastAbove) return true
  const [left, top, right, bottom] = other.box
  return across <= (right - left) * farthestBeside && down <= (bottom - top) * farthestBeside
}

/** Names of the square that a word stands in, first, and of those around it; squares are as wide as copies can be apart. */
function placesNear(word: PlacedWord): string[] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(extentOf(word), 1)))
  const [x, y] = [Math.floor(word.box[0] / size), Math.floor(word.box[1] / size)]
  return [0, -1, 1].flatMap((down) => [0, -1, 1].map((across) => `${x + across} ${y + down} ${word.text}`))
}

/** A line whose letters were drawn one by one several times each, and stand so in its words: "TToottaall". */
function withSingleLetters(line: PlacedLine): PlacedLine {
  const text = line.map((word) => word.text).join('')
  const times = [4, 3, 2].find((each) => line.every((word) => isRepeated(word.text, each)))
  if (times === undefined || new Set(text).size < 2 || text.length < times * 3) return line
  const [left, top, right, bottom] = boxAround(line)
  const size = Math.min(right - left, bottom - top)
  const length = line.reduce((sum, { box }) => sum + Math.max(box[2] - box[0], box[3] - box[1]), 0)
  if (length / text.length > size * narrowest) return line
  return line.map((word) => ({
    ...word,
    text: Array.from(word.text)
      .filter((_, index) => index % times === 0)
      .join(''),
  }))
}

function isRepeated(text: string, times: number): boolean {
  const letters = Array.from(text)
  return (
    letters.length % times === 0 &&
    letters.every((letter, index) => letter === letters[index - (index % times)])
  )
}

/** Blocks whose lines are put together again where copies between them had divided them. */
function inWholeLines(blocks: readonly PlacedBlock[]): PlacedBlock[] {
  const whole: PlacedBlock[] = []
  for (const block of blocks) {
    const lines: PlacedLine[] = []
    for (const line of block.filter((each) => each.length > 0)) {
      const last = lines.at(-1) ?? whole.at(-1)?.at(-1)
      if (last && gapBehind(last, line) < widestSpace) last.push(...line)
      else lines.push([...line])
    }
    if (lines.length > 0) whole.push(lines)
  }
  return whole
}

/** How far behind a line another one in its row begins, in its height; endless where that is in no row of it. */
function gapBehind(line: PlacedLine, next: PlacedLine): number {
  const [last, first] = [line.at(-1), next[0]]
  if (!last || !first) return Infinity
  const [, top, right, bottom] = last.box
  const middle = (first.box[1] + first.box[3]) / 2
  const gap = (first.box[0] - right) / (bottom - top)
  return middle > top && middle < bottom && gap > -1 ? gap : Infinity
}
