import type { PageWords, Word } from '../reading/page-words.ts'
import { boxAround, height, type Box } from './boxes.ts'
import { unglued } from './glued.ts'
import { skewOf } from './skew.ts'

/** The words of one line from left to right; `text` joins them with blanks. */
export type Line = { page: number; words: Word[]; box: Box; text: string }

/** A line while it grows; its band is straightened by the skew of the page. */
type Growing = { words: Word[]; t: number; b: number }

/**
 * The lines of a page from top to bottom, glued cells taken apart. Words of one line share half
 * of the lower one's height after the page's skew is taken out; a word of a much larger font
 * joins only where both stand on the same base line, so that a title beside two small lines does
 * not bind them.
 */
export function linesOf(page: PageWords): Line[] {
  const words = withoutTwins(
    page.words
      .map(withoutRules)
      .flatMap(unglued)
      .filter((word) => !isBlot(word)),
  )
  const slope = skewOf(words)
  const banded = words
    .map((word) => ({ word, band: straight(word.box, slope) }))
    .toSorted((a, b) => a.band.t + a.band.b - b.band.t - b.band.b)
  const lines: Growing[] = []
  for (const { word, band } of banded) {
    // Sorted by their middles, only the last lines can still take a word.
    const line = lines.slice(-6).find((line) => belongs(line, band))
    if (line) grow(line, word, band)
    else lines.push({ words: [word], t: band.t, b: band.b })
  }
  return lines.toSorted((a, b) => a.t + a.b - b.t - b.b).map((line) => finished(page.number, line.words))
}

/** A recogniser takes the rule beside a cell for a mark at its text. */
function withoutRules(word: Word): Word {
  if (word.source !== 'ocr') return word
  const text = word.text.replace(/^[=|_~©]+(?=\p{L})/u, '').replace(/(?<=\d)[|_~]+$/, '')
  return text === word.text ? word : { ...word, text }
}

/** Nothing, dots that lead from a label to its value, or what a recogniser makes of rules and blots. */
function isBlot({ text, source }: Word): boolean {
  if (text.trim() === '' || /^[.…·_]{3,}$/.test(text)) return true
  return source === 'ocr' && /^[|¦_~=—"'`‘’“”«»<>\\^©®°*]+$/.test(text)
}

/** A line made of these words, in any order; there must be at least one. */
export function finished(page: number, words: readonly Word[]): Line {
  const sorted = words.toSorted((a, b) => a.box.l - b.box.l)
  return {
    page,
    words: sorted,
    box: boxAround(sorted.map((word) => word.box)),
    text: sorted.map((word) => word.text).join(' '),
  }
}

function straight(box: Box, slope: number): { t: number; b: number } {
  const drop = slope * ((box.l + box.r) / 2)
  return { t: box.t - drop, b: box.b - drop }
}

function belongs(line: Growing, band: { t: number; b: number }): boolean {
  const [low, high] = [line.b - line.t, band.b - band.t].toSorted((a, b) => a - b) as [number, number]
  const shared = Math.min(line.b, band.b) - Math.max(line.t, band.t)
  if (shared < 0.5 * low) return false
  // Marks like a dash are low boxes of the same font: they lie inside the band anyhow.
  return high < 1.9 * low || low < 4 || Math.abs(line.b - band.b) < 0.35 * low
}

/** The band follows the words of usual height; dots and dashes do not narrow it. */
function grow(line: Growing, word: Word, band: { t: number; b: number }): void {
  const share = 1 / (line.words.length + 1)
  if (band.b - band.t > 0.6 * (line.b - line.t)) {
    line.t += (band.t - line.t) * share
    line.b += (band.b - line.b) * share
  }
  line.words.push(word)
}

/** Bold made by printing twice gives each word twice in nearly the same place. */
function withoutTwins(words: readonly Word[]): Word[] {
  const seen = new Map<string, Box[]>()
  return words.filter(({ text, box }) => {
    const others = seen.get(text) ?? []
    const near = 0.2 * height(box)
    // Twins are printed one after the other, so the last few are enough.
    const twin = others
      .slice(-8)
      .some((other) => Math.abs(other.l - box.l) < near && Math.abs(other.t - box.t) < near)
    if (!twin) seen.set(text, [...others.slice(-7), box])
    return !twin
  })
}
