import type { Dictionary, PdfObjects } from '@pdf-smaller/pdf'

/** The widths that a CIDFont says its glyphs have, by their CID (ISO 32000-1, 9.7.4.3). */
export function* cidWidths(font: Dictionary, objects: PdfObjects): Iterable<[cid: number, width: number]> {
  const given = objects.array(font['/W']).map(objects.resolve)
  for (let at = 0; at < given.length;) {
    const [first, second, third] = given.slice(at, at + 3)
    if (typeof first !== 'number') return
    if (Array.isArray(second)) {
      for (const [index, width] of second.entries()) yield [first + index, objects.number(width)]
      at += 2
    } else if (typeof second === 'number' && typeof third === 'number') {
      for (let cid = first; cid <= Math.min(second, mostCids); cid++) yield [cid, third]
      at += 3
    } else return
  }
}

const mostCids = 65_535
