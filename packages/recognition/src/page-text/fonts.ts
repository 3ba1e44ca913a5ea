import type { Font, PlacedPage, PlacedWord, TextRun } from '@pdf-smaller/text'

import { exactSize, type FontHeights } from './font-sizes.ts'

/** Which font a word is in; undefined where that is not known. */
export type FontOf = (word: PlacedWord) => Font | undefined

/** Pages with more runs, and higher ones, are not looked through for fonts: each line has some. */
const [mostRuns, highestRun] = [20_000, 1000]
/** Rows of a page, in points, by which runs are found. */
const rowHeight = 8

/**
 * Finds the fonts of words by their places; equal fonts are one and the same.
 * @param offset where the upper left corner of what is seen lies in the coordinates of the runs
 * @param heights by which rounded sizes become exact
 */
export function fontFinder(
  runs: readonly TextRun[],
  offset: { x: number; y: number },
  heights: FontHeights,
): FontOf {
  if (runs.length > mostRuns) return () => undefined
  const fonts = new Map<string, Font>()
  const rows = new Map<number, TextRun[]>()
  for (const { box, parts } of runs) {
    const [, top, , bottom] = box
    if (bottom - top > highestRun) continue
    const exact = {
      box,
      parts: parts.map(({ text, font }) => ({ text, font: font && exactly(font, bottom - top) })),
    }
    for (let row = rowOf(top); row <= rowOf(bottom); row++) {
      const there = rows.get(row)
      if (there) there.push(exact)
      else rows.set(row, [exact])
    }
  }
  return ({ text, box: [left, top, right, bottom] }) => {
    const [x, y] = [(left + right) / 2 + offset.x, (top + bottom) / 2 + offset.y]
    const isThere = ({ box }: TextRun) => box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3]
    const run = rows.get(rowOf(y))?.find(isThere)
    return run && fontIn(run, text)
  }

  function exactly(rounded: Font, height: number): Font {
    const font = { ...rounded, size: exactSize(rounded, height, heights) }
    const key = JSON.stringify(font)
    const known = fonts.get(key) ?? font
    fonts.set(key, known)
    return known
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
  const [places, words] = [new Map<Font, number>(), new Map<PlacedWord, number>()]
  for (const word of page?.blocks.flat(2) ?? []) {
    const font = fontOf(word)
    if (!font) continue
    const place = places.get(font) ?? places.size
    places.set(font, place)
    words.set(word, place)
  }
  return { fonts: [...places.keys()], indexOf: (word) => words.get(word) }
}
