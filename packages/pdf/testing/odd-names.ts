import { catalogue, onePage, RawDocument } from './raw-document.ts'

/** Behind a digit, Poppler takes one byte more. */
export const names = ['/Im#ZZ', '/A#', '/B#4 ', '/C##41', '/D#G1', '/#']

/** A page with a black box for each name, side by side, that is drawn by that name. */
export function drawnByName(): Buffer {
  const entries = names.map((name, index) => `${name} ${index + 5} 0 R`).join(' ')
  const contents = names.map((name) => `${name} Do`).join('\n')
  const document = new RawDocument()
    .object(1, catalogue)
    .object(2, onePage)
    .object(
      3,
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 120 20]/Contents 4 0 R/Resources<</XObject<<${entries}>>>>>>`,
    )
    .stream(4, '', Buffer.from(contents))
  for (const index of names.keys())
    document.stream(
      index + 5,
      '/Type/XObject/Subtype/Form/BBox[0 0 120 20]',
      Buffer.from(`${index * 20} 0 10 20 re f`),
    )
  return document.table('/Root 1 0 R/Size 11').bytes()
}

/** The first sample of each box of the page, drawn with a pixel to a point. */
export const samplesAt = (samples: Uint8Array): (number | undefined)[] =>
  names.map((_, index) => samples[(10 * 120 + index * 20 + 5) * 3])
