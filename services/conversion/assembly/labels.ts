import type { PageLabel } from '@pdf-smaller/pdf'
import type { Part } from './source.ts'

/**
 * The number tree of labels for pages that come together from several documents: each keeps its label, and those
 * without one count on from the beginning of the new document.
 * @param front pages in front of the first part
 * @param behind whether a page stands behind the last one of each part
 */
export function joinedLabels(
  parts: readonly Part[],
  front: number,
  behind: readonly boolean[],
): object | undefined {
  if (parts.every(({ source }) => !source.labels)) return undefined
  const plain = (index: number): PageLabel => ({ style: '/D', prefix: undefined, number: index + 1 })
  const labels = Array.from({ length: front }, (_, index) => plain(index))
  for (const [index, { source, pages }] of parts.entries()) {
    for (const page of pages) labels.push(source.labels?.[page - 1] ?? plain(labels.length))
    if (behind[index]) labels.push(plain(labels.length))
  }
  return {
    '/Nums': [...labels.entries()].flatMap(([index, label]) => rangeFrom(index, label, labels[index - 1])),
  }
}

/** The entry for a page that does not just count on from the one before. */
function rangeFrom(index: number, { style, prefix, number }: PageLabel, before?: PageLabel): unknown[] {
  if (before?.style === style && before?.prefix === prefix && before?.number === number - 1) return []
  const isNumbered = style !== undefined && style !== null
  return [
    index,
    {
      ...(isNumbered ? { '/S': style } : {}),
      ...(prefix === undefined || prefix === null ? {} : { '/P': prefix }),
      ...(isNumbered && number !== 1 ? { '/St': number } : {}),
    },
  ]
}
