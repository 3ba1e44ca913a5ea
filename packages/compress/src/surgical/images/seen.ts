import type { PictureForm } from '../../report/picture.ts'
import type { NewStream } from '../new-stream.ts'
import type { LayeredForm } from './layers/form.ts'
import type { Places } from './places.ts'

/** Where an image is seen, as the report tells it: no pages where that is not known. */
export type Seen = {
  reference: string
  pages: Iterable<number>
  ppi: number | undefined
  /** The part of its page that it covers, 0 to 1. */
  coverage: number
}

export function seenOf({ placeOf, pagesOf }: Places, reference: string): Seen {
  const { ppi, coverage } = placeOf(reference)
  return { reference, pages: ppi === undefined ? [] : pagesOf(reference), ppi, coverage }
}

/** How an image is encoded anew, for the report. */
export function formOf(made: NewStream | LayeredForm, width: number, ppi: number | undefined) {
  if ('page' in made) return { after: made.page.bytes, form: 'layers' as const, lost: made.page.lost }
  const { '/Filter': filter, '/Width': left } = made.dictionary
  const ppiAfter = ppi !== undefined && typeof left === 'number' ? (ppi * left) / width : undefined
  const form = formNamed([filter].flat().at(-1))
  return { after: made.bytes.length, form, ppiAfter, lost: made.lost ?? 0, of: made.of }
}

function formNamed(filter: unknown): PictureForm {
  if (filter === '/DCTDecode') return 'jpeg'
  if (filter === '/JBIG2Decode') return 'jbig2'
  return filter === '/JPXDecode' ? 'jpeg2000' : 'lossless'
}
