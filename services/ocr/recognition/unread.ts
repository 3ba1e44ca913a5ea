import { type Box, boxAround } from '@pdf-smaller/engines'
import type { GrayBitmap } from './gray-bitmap.ts'
import type { Measured } from './measured.ts'
import { type Shape, shapesOf } from './shapes.ts'

/** Of print from 3 points to 50, in points: digits are as high as two thirds of that. */
const [leastHeight, mostHeight] = [2, 36]
/** What is wider for its height is a rule or a picture, though letters touch each other. */
const widest = 12
/** What is so much higher than it is wide, and full of ink, is a rule. */
const narrowest = 8
/** Letters of one word are no further from each other, of their height, and lines of running text are further. */
const [aside, below] = [0.6, 0.1]
/** Fewer letters beside each other are marks and numbers of no account. */
const leastLetters = 3
/** Accents, broken letters and signs of several parts: a word with more shapes to a character was not read. */
const mostShapes = 4

export type ReadWord = { text: string; box: Box }

/** Print that stands outside of all words: where, and how much of the ink of all that looks like letters that is, from 0 to 1. */
export type Unread = { boxes: Box[]; share: number }

/**
 * Finds what looks like print and is in no word that was read. Rules, frames, pictures and specks are no print: their
 * shapes are larger or smaller than letters, or stand alone.
 * @param words in pixels of the picture
 */
export function unreadPrint(page: Measured, words: readonly ReadWord[]): Unread {
  const letters = page.shapes.filter((shape) => isLetter(shape, page.dpi))
  const read = wordsAt(letters, words, page)
  const left = letters.filter((_, index) => read[index] === 0)
  const places = rowsOf(left, page)
  const rowAt = atPlaces(left, places, page)
  const rows = Map.groupBy(left.keys(), (index) => rowAt[index])
  const unread = [...rows.values()]
    .filter((row) => row.length >= leastLetters)
    .map((row) => row.flatMap((index) => left[index] ?? []))
  const all = inkOf(letters)
  return { boxes: unread.map(around), share: all === 0 ? 0 : inkOf(unread.flat()) / all }
}

const inkOf = (shapes: readonly Shape[]) => shapes.reduce((sum, { ink }) => sum + ink, 0)

const around = (shapes: readonly Shape[]): Box =>
  boxAround(shapes.map(({ left, top, right, bottom }) => ({ box: [left, top, right, bottom] })))

function isLetter({ left, top, right, bottom, ink }: Shape, dpi: number): boolean {
  const [across, down] = [right - left, bottom - top]
  const isRule = down > across * narrowest && ink > across * down * 0.8
  return (
    down >= (leastHeight * dpi) / 72 && down <= (mostHeight * dpi) / 72 && across <= down * widest && !isRule
  )
}

/** By the number of its box, from 1, the last of the boxes that the middle of each shape lies in; 0 in none. */
function atPlaces(
  shapes: readonly Shape[],
  boxes: readonly Box[],
  { width, height }: { width: number; height: number },
): Uint32Array {
  const places = new Uint32Array(width * height)
  for (const [index, [left, top, right, bottom]] of boxes.entries())
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y++)
      places.fill(
        index + 1,
        y * width + Math.max(0, Math.floor(left)),
        y * width + Math.min(width, Math.ceil(right)),
      )
  return Uint32Array.from(
    shapes,
    ({ left, top, right, bottom }) => places[((top + bottom) >> 1) * width + ((left + right) >> 1)] ?? 0,
  )
}

/** In which word each letter was read; 0 in none, also where a word has far fewer characters than there are shapes. */
function wordsAt(
  letters: readonly Shape[],
  words: readonly ReadWord[],
  size: { width: number; height: number },
): Uint32Array {
  const meant = words.filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
  const read = atPlaces(
    letters,
    meant.map(({ box: [left, top, right, bottom] }) => [left - 1, top - 1, right + 1, bottom + 1]),
    size,
  )
  const counts = new Uint32Array(meant.length + 1)
  for (const word of read) counts[word] = (counts[word] ?? 0) + 1
  return read.map((word) =>
    (counts[word] ?? 0) > ((meant[word - 1]?.text.length ?? 0) + 1) * mostShapes ? 0 : word,
  )
}

/** Boxes around letters that stand beside each other (run-length smoothing: Wong, Casey, Wahl 1982). */
function rowsOf(letters: readonly Shape[], { width, height }: { width: number; height: number }): Box[] {
  const smoothed: GrayBitmap = { data: new Uint8Array(width * height).fill(255), width, height }
  for (const { left, top, right, bottom } of letters) {
    const size = bottom - top
    const [across, down] = [Math.ceil(size * aside), Math.ceil(size * below)]
    const [from, to] = [Math.max(0, left - across), Math.min(width, right + across)]
    for (let y = Math.max(0, top - down); y < Math.min(height, bottom + down); y++)
      smoothed.data.fill(0, y * width + from, y * width + to)
  }
  return shapesOf(smoothed, 0).map(({ left, top, right, bottom }) => [left, top, right, bottom])
}
