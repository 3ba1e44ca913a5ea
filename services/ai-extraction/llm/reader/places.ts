import type { PageWords, Word } from '../../reading/page-words.ts'
import type { TextLine } from './text-lines.ts'

/** Where a text stands: its words, and how sure their reader is of the least sure one. */
export type Found = { page: number; words: Word[]; reader: number }

/** A run of words that texts are looked for in. */
type Run = { page: number; letters: string; wordAt: number[]; words: readonly Word[] }

/** Finds texts on pages. */
export type Places = {
  /** Every place where it stands as it is printed, white space aside. */
  exactly: (raw: string, within?: readonly TextLine[]) => Found[]
  /** Every place where its letters and digits stand in this order, whatever signs are between them. */
  loosely: (raw: string, within?: readonly TextLine[]) => Found[]
}

const mostFound = 20

export function openPlaces(pages: readonly PageWords[], lines: readonly TextLine[]): Places {
  const all = { exact: runsOf(pages, lines, squeezed), loose: runsOf(pages, lines, bare) }
  return {
    exactly: (raw, within) => findIn(within ? runsOfLines(within, squeezed) : all.exact, squeezed(raw)),
    loosely: (raw, within) => findIn(within ? runsOfLines(within, bare) : all.loose, bare(raw)),
  }
}

const squeezed = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '')
const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

type Letters = (text: string) => string

/** As they are read, so that what goes over several lines of a block is found; and line by line. */
function runsOf(pages: readonly PageWords[], lines: readonly TextLine[], letters: Letters): Run[] {
  return [...runsOfLines(lines, letters), ...pages.map(({ number, words }) => runOf(number, words, letters))]
}

const runsOfLines = (lines: readonly TextLine[], letters: Letters) =>
  lines.map(({ page, words }) => runOf(page, words, letters))

function runOf(page: number, words: readonly Word[], letters: Letters): Run {
  const parts = words.map(({ text }) => letters(text))
  const wordAt = parts.flatMap((part, index) => Array.from({ length: part.length }, () => index))
  return { page, letters: parts.join(''), wordAt, words }
}

function findIn(runs: readonly Run[], wanted: string): Found[] {
  if (wanted === '' || wanted.length > 2000) return []
  const found = new Map<Word, Found>()
  for (const run of runs) {
    for (let at = run.letters.indexOf(wanted); at >= 0; at = run.letters.indexOf(wanted, at + 1)) {
      if (found.size >= mostFound) return [...found.values()]
      if (!isWhole(run, at, at + wanted.length)) continue
      const words = run.words.slice(run.wordAt[at], (run.wordAt[at + wanted.length - 1] ?? 0) + 1)
      const [first] = words
      if (!first || found.has(first)) continue
      const reader = Math.min(...words.map(({ confidence }) => confidence))
      found.set(first, { page: run.page, words, reader })
    }
  }
  return [...found.values()]
}

/** Whether no more of the same stands before it or behind in its word: 119,00 does not stand in 1.119,00. */
function isWhole({ letters, wordAt }: Run, start: number, end: number): boolean {
  const before = start - lengthOf(letters, start - 1, -1)
  const behind = end + lengthOf(letters, end, 1) - 1
  const goesOn = (at: number, edge: number) =>
    // A sign of a currency goes on with nothing.
    isLetter(letters[edge]) && isLetter(letters[at]) && wordAt[at] === wordAt[edge]
  return !goesOn(before - 1, start) && !goesOn(behind + 1, end - 1)
}

const isLetter = (character = '') => /[\p{L}\p{N}]/u.test(character)

/** How many marks that numbers have within them stand from there on. */
function lengthOf(letters: string, from: number, step: 1 | -1): number {
  let length = 0
  while (length < 3 && /[.,'’\-/]/.test(letters[from + step * length] ?? '')) length++
  return length
}
