import { type Box } from './placed-text.ts'
import { columnar } from './vertical-columns.ts'
import { hasLeftward } from './reading-order.ts'
import { type PlacedLine } from './placed-text.ts'
import { type PlacedPage } from './placed-text.ts'
import { type PlacedWord } from './placed-text.ts'

/** Which way the text of a line runs: to the right, or turned counterclockwise by so many degrees. */
export type Angle = 0 | 90 | 180 | 270

/** A line that is so much higher than wide, of more letters than that, lies on its side. */
const [leastRatio, leastLetters] = [1.5, 3]

/** The lines of a page, each with the way it runs, and the way that most of its letters run. */
export type LineAngles = { most: Angle; angleOf: (line: PlacedLine) => Angle }

/** Finds out which way lines run. Those of a single word that could run either way run as most of the page. */
export function lineAngles({ blocks }: PlacedPage): LineAngles {
  const letters = new Map<Angle, number>()
  for (const line of blocks.flat()) {
    const angle = ownAngle(line)
    if (typeof angle !== 'number') continue
    const count = line.reduce((sum, { text }) => sum + text.length, 0)
    letters.set(angle, (letters.get(angle) ?? 0) + count)
  }
  const most = [...letters].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 0
  const angleOf = (line: PlacedLine): Angle => {
    const own = ownAngle(line)
    if (own === 'upright') return most === 180 ? 180 : 0
    if (own === 'sideways') return most === 270 ? 270 : 90
    return own ?? most
  }
  return { most, angleOf }
}

/** Undefined where a line is too short to tell. */
function ownAngle(line: PlacedLine): Angle | 'upright' | 'sideways' | undefined {
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last) return undefined
  if (first !== last) {
    const [across, down] = [
      middle(last.box, 0) - middle(first.box, 0),
      middle(last.box, 1) - middle(first.box, 1),
    ]
    if (Math.abs(down) > Math.abs(across)) return down < 0 ? 90 : 270
    return across < 0 && !line.some(({ text }) => hasLeftward(text)) ? 180 : 0
  }
  const { text, box } = first
  const [width, height] = [box[2] - box[0], box[3] - box[1]]
  const count = Array.from(text).length
  if (height > width * leastRatio && count > 1 && columnar.test(text)) return 270
  if (count < leastLetters) return undefined
  if (height > width * leastRatio) return 'sideways'
  return width > height ? 'upright' : undefined
}

const middle = (box: Box, side: 0 | 1) => (box[side] + (side === 0 ? box[2] : box[3])) / 2

/** A page of which the lines that run as most of it do stand upright, and those that run otherwise are left out. */
export type UprightPage = PlacedPage & { original: (word: PlacedWord) => PlacedWord; aside: PlacedLine[] }

/** Turns a page for most of its lines to run from left to right. */
export function uprightPage(page: PlacedPage): UprightPage {
  const { most, angleOf } = lineAngles(page)
  const originals = new Map<PlacedWord, PlacedWord>()
  const turned = (word: PlacedWord): PlacedWord => {
    const upright = { ...word, box: turnedBox(word.box, most, page) }
    originals.set(upright, word)
    return upright
  }
  const blocks = page.blocks.map((block) =>
    block.filter((line) => angleOf(line) === most).map((line) => line.map(turned)),
  )
  const isTurned = most % 180 !== 0
  return {
    ...page,
    ...(isTurned ? { width: page.height, height: page.width } : {}),
    blocks,
    original: (word) => originals.get(word) ?? word,
    aside: page.blocks.flat().filter((line) => angleOf(line) !== most),
  }
}

/** Where something stands on a page that is turned for lines of an angle to run to the right. */
function turnedBox(
  [left, top, right, bottom]: Box,
  angle: Angle,
  { width, height }: { width: number; height: number },
): Box {
  switch (angle) {
    case 0:
      return [left, top, right, bottom]
    case 90:
      return [height - bottom, left, height - top, right]
    case 180:
      return [width - right, height - bottom, width - left, height - top]
    case 270:
      return [top, width - right, bottom, width - left]
    default:
      return angle satisfies never
  }
}
