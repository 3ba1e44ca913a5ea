import { findDates, type DateReading } from '@pdf-smaller/extraction'
import { boxAround, type Box } from '../../layout/boxes.ts'
import type { Cell } from '../../layout/cells.ts'
import type { Word } from '../../reading/page-words.ts'

/** A date as it is printed, with all that it may say. */
export type PrintedDay = { raw: string; words: Word[]; box: Box; readings: DateReading[] }

/** The dates in the cells of a line, from left to right. */
export function datesOf(cells: readonly Cell[]): PrintedDay[] {
  return cells.flatMap((cell) => (/\d/.test(cell.text) ? datesIn(cell) : []))
}

function datesIn(cell: Cell): PrintedDay[] {
  let at = 0
  const spans = cell.words.map((word) => {
    const start = at
    at += word.text.length + 1
    return { word, start, end: start + word.text.length }
  })
  return findDates(cell.text).flatMap(({ start, end, raw, readings }) => {
    const words = spans.filter((span) => span.end > start && span.start < end).map(({ word }) => word)
    return words.length > 0 ? [{ raw, words, readings, box: boxAround(words.map(({ box }) => box)) }] : []
  })
}
