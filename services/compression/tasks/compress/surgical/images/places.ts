import type { PlacedImage } from '@pdf-smaller/engines'
import type { PdfStream, WorkingCopy } from '../../working-copy.ts'

/** Where an image is seen, as far as it is known. */
export type Place = {
  /** Pixels per inch where it is placed largest; undefined where it is not placed on a page. */
  ppi: number | undefined
  isSoftMask: boolean
}

export type Places = {
  placeOf: (reference: string) => Place
  /** The pages that show an image; all of them when it is not known. */
  pagesOf: (reference: string) => Iterable<number>
}

/** Where the images of a document are seen. */
export function placesOf(
  copy: WorkingCopy,
  images: readonly PdfStream[],
  placed: readonly PlacedImage[],
  pages: number,
): Places {
  const ppi = new Map<string, number>()
  const shown = new Map<string, Set<number>>()
  for (const { object, ppi: own, page } of placed) {
    if (!object) continue
    const reference = `${object} R`
    shown.set(reference, (shown.get(reference) ?? new Set()).add(page))
    if (own > 0) ppi.set(reference, Math.min(own, ppi.get(reference) ?? Infinity))
  }
  const softMasks = new Set(images.map(({ dictionary }) => dictionary['/SMask']))
  for (const [, dictionary] of copy.dictionaries()) softMasks.add(dictionary['/SMask'])
  const all = Array.from({ length: pages }, (_, index) => index + 1)
  return {
    placeOf: (reference) => ({ ppi: ppi.get(reference), isSoftMask: softMasks.has(reference) }),
    pagesOf: (reference) => shown.get(reference) ?? all,
  }
}
