import type { PlacedImage } from '@pdf-smaller/engines'
import type { PdfStream, WorkingCopy } from '../../working-copy.ts'

/** Where an image is seen, as far as it is known. */
export type Place = {
  /** Pixels per inch where it is placed largest; undefined where it is not placed on a page. */
  ppi: number | undefined
  isSoftMask: boolean
}

/** Where each image of a document is seen. */
export function placesOf(
  copy: WorkingCopy,
  images: readonly PdfStream[],
  placed: readonly PlacedImage[],
): (reference: string) => Place {
  const ppi = new Map<string, number>()
  for (const { object, ppi: own } of placed) {
    if (!object || !(own > 0)) continue
    const reference = `${object} R`
    ppi.set(reference, Math.min(own, ppi.get(reference) ?? Infinity))
  }
  const softMasks = new Set(images.map(({ dictionary }) => dictionary['/SMask']))
  for (const [, dictionary] of copy.dictionaries()) softMasks.add(dictionary['/SMask'])
  return (reference) => ({ ppi: ppi.get(reference), isSoftMask: softMasks.has(reference) })
}
