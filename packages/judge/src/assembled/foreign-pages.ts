import type { PdfObjects } from '@pdf-smaller/pdf'
import type { Asked, SourceDocument } from './asked.ts'
import type { Facts } from './facts.ts'

/** Pages that a document holds and does not show: whoever gets a part could read others in it. */
export function foreignPages(
  asked: Asked,
  result: Facts,
  sourceFacts: (document: SourceDocument) => Facts,
): string[] {
  const own = asked.parts.reduce((sum, { document }) => sum + pagesApart(sourceFacts(document)), 0)
  const apart = pagesApart(result)
  // Some programs leave such pages in, which then belong to the documents that come along.
  return apart > own ? [`it holds ${apart - own} pages that were not asked for`] : []
}

function pagesApart({ objects, pages }: Pick<Facts, 'objects' | 'pages'>): number {
  const shown = new Set(pages)
  let count = 0
  for (const [reference, dictionary] of objects.dictionaries())
    if (isPage(dictionary, objects) && !shown.has(reference)) count++
  return count
}

const isPage = (dictionary: Record<string, unknown>, objects: PdfObjects): boolean =>
  objects.resolve(dictionary['/Type']) === '/Page' && dictionary['/Contents'] !== undefined
