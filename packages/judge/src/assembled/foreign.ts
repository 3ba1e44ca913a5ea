import type { PdfObjects } from '@pdf-smaller/pdf'
import type { Asked } from './asked.ts'

/** What a document holds whether it shows it or not. */
export type Holdings = {
  /** Pages that are none of the document's. */
  pagesApart: number
  /** Bytes of all streams. */
  streamBytes: number
}

export function holdingsOf(objects: PdfObjects, pages: readonly string[]): Holdings {
  const own = new Set(pages)
  let [pagesApart, streamBytes] = [0, 0]
  for (const [reference, object] of objects.all)
    if ('file' in object) streamBytes += object.file.length
    else if (isPage(object.value, objects) && !own.has(reference)) pagesApart++
  return { pagesApart, streamBytes }
}

const isPage = (value: unknown, objects: PdfObjects): boolean => {
  const dictionary = objects.dictionary(value)
  return objects.resolve(dictionary['/Type']) === '/Page' && dictionary['/Contents'] !== undefined
}

/** Streams come along as they are; what is made for a document besides is small: a part, and bytes. */
const [mostTimes, leastBytes] = [1.5, 256 * 1024]

/**
 * What a document holds and was not asked for: whoever gets a part could find other pages in it.
 * @param had what each of its sources holds
 */
export function foreignDamage(asked: Asked, has: Holdings, had: readonly Holdings[]): string[] {
  // Some programs leave such pages in, which then belong to the documents that come along.
  const apart = has.pagesApart - had.reduce((sum, { pagesApart }) => sum + pagesApart, 0)
  const isCopied = asked.pages.every((origin) => origin && !origin.change)
  const most = leastBytes + mostTimes * had.reduce((sum, { streamBytes }) => sum + streamBytes, 0)
  return [
    ...(apart > 0 ? [`it holds ${apart} pages that were not asked for`] : []),
    ...(isCopied && has.streamBytes > most
      ? [`its streams take ${has.streamBytes} bytes, many more than those of its sources`]
      : []),
  ]
}
