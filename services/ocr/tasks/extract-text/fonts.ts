import type { Font, PlacedPage, PlacedWord, TextRun } from '@pdf-smaller/engines'

/** Which font a word is in; undefined where that is not known. */
export type FontOf = (word: PlacedWord) => Font | undefined

/** Pages with more runs are not looked through for fonts: each line has some. */
const mostRuns = 20_000
/** Rows of a page, in points, by which runs are found. */
const rowHeight = 8

/**
 * Finds the fonts of words by their places.
 * @param offset where the upper left corner of what is seen lies in the coordinates of the runs
 */
export function fontsOf(runs: readonly TextRun[], offset: { x: number; y: number }): FontOf {
  if (runs.length > mostRuns) return () => undefined
  const rows = new Map<number, TextRun[]>()
  for (const run of runs) {
    const [, top, , bottom] = run.box
    for (let row = rowOf(top); row <= rowOf(bottom); row++) {
      const there = rows.get(row)
      if (there) there.push(run)
      else rows.set(row, [run])
    }
  }
  return ({ text, box: [left, top, right, bottom] }) => {
    const [x, y] = [(left + right) / 2 + offset.x, (top + bottom) / 2 + offset.y]
    const run = rows
      .get(rowOf(y))
      ?.find(({ box }) => box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3])
    return run && fontIn(run, text)
  }
}

const rowOf = (y: number) => Math.floor(y / rowHeight)

/** A word that stands in parts of different fonts could be in either. */
function fontIn({ parts }: TextRun, text: string): Font | undefined {
  const [only, ...others] = parts.length === 1 ? parts : parts.filter((part) => part.text.includes(text))
  return others.length === 0 ? only?.font : undefined
}

/** The fonts of a page, each once, and which of them each word is in. */
export function fontTable(
  page: PlacedPage | undefined,
  fontOf: FontOf,
): { fonts: Font[]; indexOf: (word: PlacedWord) => number | undefined } {
  const fonts: Font[] = []
  const [places, words] = [new Map<string, number>(), new Map<PlacedWord, number>()]
  for (const word of page?.blocks.flat(2) ?? []) {
    const font = fontOf(word)
    if (!font) continue
    const key = JSON.stringify(font)
    const place = places.get(key) ?? fonts.push(font) - 1
    places.set(key, place)
    words.set(word, place)
  }
  return { fonts, indexOf: (word) => words.get(word) }
}
