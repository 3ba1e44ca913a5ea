import { type Box, boxAround } from '@pdf-smaller/text'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import type { Measured } from './measured.ts'
import { isLetter, isPrint } from './print-like.ts'
import { type Shape, shapesOf } from './shapes.ts'

/** Letters of one word are no further from each other, of their height, and lines of running text are further. */
const [aside, below] = [0.6, 0.1]
/** Accents, broken letters and signs of several parts: a word with more shapes to a character was not read. */
const mostShapes = 4

export type ReadWord = { text: string; box: Box }

/** Print that stands outside of all words: where, and how much of the ink of all print that is, from 0 to 1. */
export type Unread = { boxes: Box[]; share: number }

/**
 * Finds what looks like print and is in no word that was read.
 * @param words in pixels of the page
 */
export function unreadPrint(page: Measured, words: readonly ReadWord[]): Unread {
  const size = page.gray
  const letters = page.shapes.filter((shape) => isLetter(shape, page.dpi))
  const wordOf = wordsAt(letters, words, size)
  const left = letters.filter((_, index) => wordOf[index] === 0)
  const rowOf = atPlaces(left, rowsOf(left, size), size)
  const rows = [...Map.groupBy(left.keys(), (index) => rowOf[index]).values()]
    .map((row) => row.flatMap((index) => left[index] ?? []))
    .map((shapes) => ({ shapes, box: around(shapes) }))
    .filter(({ shapes, box }) => isPrint(shapes, box, page))
  const read = inkOf(letters.filter((_, index) => wordOf[index] !== 0))
  const unread = inkOf(rows.flatMap(({ shapes }) => shapes))
  return { boxes: rows.map(({ box }) => box), share: unread === 0 ? 0 : unread / (unread + read) }
}

const inkOf = (shapes: readonly Shape[]) => shapes.reduce((sum, { ink }) => sum + ink, 0)

const around = (shapes: readonly Shape[]): Box =>
  boxAround(shapes.map(({ left, top, right, bottom }) => ({ box: [left, top, right, bottom] })))

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
  const smoothed: Plane = { samples: new Uint8Array(width * height).fill(255), width, height }
  for (const { left, top, right, bottom } of letters) {
    const size = bottom - top
    const [across, down] = [Math.ceil(size * aside), Math.ceil(size * below)]
    const [from, to] = [Math.max(0, left - across), Math.min(width, right + across)]
    for (let y = Math.max(0, top - down); y < Math.min(height, bottom + down); y++)
      smoothed.samples.fill(0, y * width + from, y * width + to)
  }
  return shapesOf(smoothed, 0).map(({ left, top, right, bottom }) => [left, top, right, bottom])
}
