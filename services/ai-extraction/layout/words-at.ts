import type { Word } from '../reading/page-words.ts'

/** The words that a part of the text of a line comes from; in the text a blank stands between two of them. */
export function wordsAt(words: readonly Word[], start: number, end: number): Word[] {
  let at = 0
  return words.filter(({ text }) => {
    const from = at
    at += text.length + 1
    return from < end && from + text.length > start
  })
}
