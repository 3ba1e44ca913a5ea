import type { Word } from '../../../api/pages.ts'

/** A word with its place among those of its page. */
export type Numbered = { word: Word; index: number }

/** Words as lines: one begins where a word no longer stands beside the one before it. */
export function linesOf(words: readonly Word[]): Numbered[][] {
  const lines: Numbered[][] = []
  for (const [index, word] of words.entries()) {
    const line = lines.at(-1)
    const before = line?.at(-1)?.word
    if (line && before && goesOn(before, word)) line.push({ word, index })
    else lines.push([{ word, index }])
  }
  return lines
}

function goesOn({ box: before }: Word, { box: next }: Word): boolean {
  const [height, overlap] = [
    Math.min(before[3] - before[1], next[3] - next[1]),
    Math.min(before[3], next[3]) - Math.max(before[1], next[1]),
  ]
  return overlap > height / 3 && next[0] > before[0]
}
