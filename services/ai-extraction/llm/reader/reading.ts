import type { ExtractedDocument } from '@pdf-smaller/contracts/extraction'
import { placesOn } from '../../layout/place.ts'
import type { PageWords } from '../../reading/page-words.ts'
import type { Asking } from './asking.ts'
import { batchesOf } from './batches.ts'
import { conventionsOf } from './conventions.ts'
import type { FieldTools } from './fields.ts'
import { type IsOtherDate, otherDates } from './labelled-dates.ts'
import { openPlaces, type Places } from './places.ts'
import { type TextLine, textLines } from './text-lines.ts'
import { openValuePlaces } from './value-places.ts'

/** The pages of one document, ready to be asked about. */
export type Sheets = {
  pages: readonly PageWords[]
  lines: TextLine[]
  batches: TextLine[][]
  places: Places
  isOtherDate: IsOtherDate
  asking: Asking
  /** Tells that a part was read. */
  onPart: () => void
}

export type ReadDocument = (sheets: Sheets) => Promise<ExtractedDocument>

export function sheetsOf(pages: readonly PageWords[], asking: Asking, onPart: () => void): Sheets {
  const lines = textLines(pages)
  return {
    pages,
    lines,
    batches: batchesOf(lines, asking.model),
    places: openPlaces(pages, lines),
    isOtherDate: otherDates(pages),
    asking,
    onPart,
  }
}

/** What the fields of a document are made with, by what its answers say. */
export function toolsOf(
  { pages, places, isOtherDate, lines }: Sheets,
  amounts: readonly (string | null)[],
  dates: readonly (string | null)[],
  currency: string | null,
): FieldTools {
  const said = (values: readonly (string | null)[]) => values.filter((value) => value !== null)
  return {
    ...conventionsOf(said(amounts), said(dates), currency),
    places,
    isOtherDate,
    values: openValuePlaces(lines),
    placeOf: placesOn(pages),
    firstPage: pages[0]?.number ?? 1,
    currency: null,
    period: undefined,
  }
}
