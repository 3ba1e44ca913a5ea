import {
  type Box,
  boxAround,
  hocrOf,
  type PlacedBlock,
  placedWords,
  type ReadLine,
  type ReadPage,
  textOfPage,
} from '@pdf-smaller/text'
import type { PageReading, TypedText } from '@pdf-smaller/recognition'

type Reading = Extract<PageReading, { kind: 'read' }>
type Word = ReadLine['words'][number]

/** Where a stamp stands nothing else can be read: less sure words there are its letters. */
const leastSure = 70
/** Of the letters of a word and of a stamp at its place so many are the same when it is that what was read. */
const leastShared = 0.5
/** How far around typed words their letters are looked for, in their heights. */
const around = 0.2

/**
 * Takes the words that stand in the file out of what was read on the picture of a page, so that it does not say them
 * twice. Its text keeps them, each block above or below what was read.
 * @param typed those that stay on the page
 */
export function withoutTyped(reading: Reading, typed: TypedText, stays: (word: Word) => boolean): Reading {
  const frame = placesOn(reading, typed)
  const blocks = typed.page.blocks
    .map((block) => block.map((line) => line.filter(stays)).filter((line) => line.length > 0))
    .filter((block) => block.length > 0)
  if (blocks.length === 0) return reading
  const own = blocks.flat(2).map((word) => ({ ...word, box: frame(word.box) }))
  const isNew = (word: Word) => !own.some((other) => isOf(word, other))
  const paragraphs = reading.lines.paragraphs
    .map((lines) =>
      lines
        .map((line) => ({ ...line, words: line.words.filter(isNew) }))
        .filter(({ words }) => words.length > 0),
    )
    .filter((lines) => lines.length > 0)
  const lines: ReadPage = { ...reading.lines, paragraphs }
  const placed = placedWords(lines, reading.placed.page)
  return { ...reading, lines, placed, hocr: hocrOf(lines), text: joined(blocks, placed.blocks, frame) }
}

function isOf({ text, box, confidence }: Word, typed: Word): boolean {
  const [left, top, right, bottom] = typed.box
  const space = Math.min(right - left, bottom - top) * around
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
  if (x < left - space || x > right + space || y < top - space || y > bottom + space) return false
  return confidence < leastSure || shared(text, typed.text) >= leastShared
}

/** The share of letters that two texts have in common, from 0 to 1. */
function shared(one: string, other: string): number {
  const [longer, shorter] = [one, other]
    .map((text) => Array.from(text.toLowerCase()))
    .sort((a, b) => b.length - a.length) as [string[], string[]]
  const left = [...longer]
  for (const letter of shorter) {
    const at = left.indexOf(letter)
    if (at >= 0) left.splice(at, 1)
  }
  return (longer.length - left.length) / longer.length
}

/** Blocks of typed words that stand above all that was read come first, and the others last. */
function joined(
  typed: readonly PlacedBlock[],
  read: readonly PlacedBlock[],
  frame: (box: Box) => Box,
): string {
  const top = Math.min(...read.map((block) => boxAround(block.flat())[1]))
  const isAbove = (block: PlacedBlock) => {
    const box = frame(boxAround(block.flat()))
    return (box[1] + box[3]) / 2 < top
  }
  const blocks = [...typed.filter(isAbove), ...read, ...typed.filter((block) => !isAbove(block))]
  return textOfPage({ page: 0, width: 0, height: 0, blocks })
}

/** Where something on the page stands on the picture that was read, which was turned upright and straightened. */
function placesOn({ turn, skew, lines }: Reading, { page: { width, height } }: TypedText): (box: Box) => Box {
  const radians = ((turn + skew) * Math.PI) / 180
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)]
  return ([left, top, right, bottom]) => {
    const corners = [left, right].flatMap((x) =>
      [top, bottom].map((y): Box => {
        const [across, down] = [x - width / 2, y - height / 2]
        const moved = [
          lines.width / 2 + across * cosine - down * sine,
          lines.height / 2 + across * sine + down * cosine,
        ] as const
        return [...moved, ...moved]
      }),
    )
    return boxAround(corners.map((box) => ({ box })))
  }
}
