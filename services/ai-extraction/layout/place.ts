import type { Place } from '@pdf-smaller/contracts/extraction'
import type { PageWords, Word } from '../reading/page-words.ts'
import { boxAround } from './boxes.ts'

/** Where words of a page stand, as extractions tell it; there must be at least one. */
export type PlaceOf = (page: number, words: readonly Word[]) => Place

/** @param pages those that the words stand on */
export function placesOn(pages: readonly PageWords[]): PlaceOf {
  const sizes = new Map(
    pages.map(({ number, width, height }): [number, [number, number]] => [number, [width, height]]),
  )
  return (page, words) => ({
    page,
    bbox: boxAround(words.map(({ box }) => box)),
    origin: 'TOPLEFT',
    unit: 'pt',
    pageSize: sizes.get(page) ?? [0, 0],
  })
}
