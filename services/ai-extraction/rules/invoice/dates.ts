import { dayOf, findDates, inOrder } from '@pdf-smaller/extraction'
import type { Word } from '../../reading/page-words.ts'

/** Whether days or months come first where a date is all digits. */
export type DateOrder = 'dmy' | 'mdy'

/** A date in a text; `[from, to)` are indexes of its words. `open` is true where the order decides what it says. */
export type DateIn = { day: string; from: number; to: number; open: boolean; raw: string }

/** The whole dates of a text that exist under one order of numbers. */
export function datesIn(words: readonly Word[], order: DateOrder): DateIn[] {
  const text = spaced(words)
    .map(({ gap, word }) => gap + word.text)
    .join('')
  const found = findDates(text).flatMap(({ start, end, readings, raw }) => {
    const reading = inOrder(readings, order)
    const day = reading && dayOf(reading)
    if (day === undefined) return []
    return [{ day, ...wordsAt(words, start, end), open: readings.length > 1, raw }]
  })
  return found.length > 0 ? found : compactDate(words)
}

/** Whether a text begins with a date that its words hold nothing else with. */
export function beginsWithDate(words: readonly Word[]): boolean {
  return (['dmy', 'mdy'] as const).some((order) =>
    datesIn(words.slice(0, 5), order).some(
      ({ from, to, raw }) => from === 0 && bare(words.slice(0, to)) === raw.replaceAll(' ', ''),
    ),
  )
}

const bare = (words: readonly Word[]) =>
  words
    .map(({ text }) => text)
    .join('')
    .replace(/[,;.:)]+$/, '')

/** Words with the blank before each; a comma that stands for itself belongs to the word before it. */
function spaced(words: readonly Word[]): { gap: string; word: Word }[] {
  return words.map((word, index) => ({ gap: index === 0 || word.text === ',' ? '' : ' ', word }))
}

function wordsAt(words: readonly Word[], start: number, end: number): { from: number; to: number } {
  let [at, from, to] = [0, 0, words.length]
  spaced(words).forEach(({ gap, word }, index) => {
    at += gap.length
    if (at <= start) from = index
    if (at < end) to = index + 1
    at += word.text.length
  })
  return { from, to }
}

/** `20240325`, where the label says that it is a date. */
function compactDate(words: readonly Word[]): DateIn[] {
  const match = /^(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])$/.exec(words[0]?.text ?? '')
  return match
    ? [{ day: `${match[1]}-${match[2]}-${match[3]}`, from: 0, to: 1, open: false, raw: match[0] }]
    : []
}
