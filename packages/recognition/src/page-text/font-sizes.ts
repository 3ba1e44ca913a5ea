import type { Font } from '@pdf-smaller/text'
import type { PdfObjects } from '@pdf-smaller/pdf'

/** How high lines of a font are, in its sizes, by the names of fonts. */
export type FontHeights = ReadonlyMap<string, number>

/** Poppler takes lines of fonts that do not say to be so high. */
const usualHeight = 1.3

/** Of the fonts that need not say, as all readers have them. */
const standardHeights: readonly [name: RegExp, height: number][] = [
  [/^Helvetica/, 0.925],
  [/^Times/, 0.9],
  [/^Courier/, 0.786],
]

/** What the fonts of a document say of their heights (ISO 32000-1, 9.8.1). */
export function fontHeights(objects: PdfObjects): FontHeights {
  const heights = new Map<string, number>()
  for (const [, dictionary] of objects.dictionaries()) {
    const name = dictionary['/FontName']
    const [ascent, descent] = [objects.number(dictionary['/Ascent']), objects.number(dictionary['/Descent'])]
    if (typeof name !== 'string' || ascent === 0) continue
    heights.set(name.replace(/^\/([A-Z]{6}\+)?/, ''), (Math.abs(ascent) + Math.abs(descent)) / 1000)
  }
  return heights
}

/**
 * The size of a font, which Poppler rounds, from the height of its line, which it does not; the rounded one where both
 * do not go together.
 */
export function exactSize({ name, size }: Font, lineHeight: number, heights: FontHeights): number {
  const standard = standardHeights.find(([pattern]) => pattern.test(name))?.[1]
  const possible = [heights.get(name), standard, usualHeight].map(
    (height) => lineHeight / (height ?? Infinity),
  )
  const exact = possible.find((each) => Math.abs(each - size) <= rounding) ?? size
  // Hundredths of a point are finer than what any printer places.
  return Math.round(exact * 100) / 100
}

/** How far a size in thirds of a point is from what it was, at most, and a little for the height. */
const rounding = 1 / 6 + 0.01
