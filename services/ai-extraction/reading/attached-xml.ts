import { JobFailure } from '@pdf-smaller/contracts'
import { looksLikeXml, mostXmlBytes } from '@pdf-smaller/extraction'
import {
  type InspectedPdf,
  type PdfStream,
  plainStream,
  textStringOf,
  type WorkingCopy,
} from '@pdf-smaller/pdf'

/** A file that is attached to a document and may be an invoice. */
export type AttachedXml = { name: string; bytes: Buffer }

/** Of a document with more attachments the rest is not looked at. */
const mostFiles = 20

/** Relationships of an e-invoice to its pages, the likeliest first (ISO 32000-2, table 43; Factur-X 1.07, 6.2.2). */
const relationships = ['/Data', '/Alternative', '/Source']

/**
 * The XML files that are attached to a document (ISO 32000-2, 7.11.4), whatever they are named: names are often wrong, so
 * that only what a file holds says what it is. Those whose relationship is that of an e-invoice come first; what only
 * supplements the document is none.
 */
export async function attachedXml({ copy }: InspectedPdf): Promise<AttachedXml[]> {
  const specified = specifiedIn(copy)
  const streams = copy
    .streams()
    .filter((stream) => isAttached(stream, specified))
    .flatMap((stream) => {
      const { name = 'attachment', relationship } = specified.get(stream.reference) ?? {}
      return relationship === '/Supplement' ? [] : [{ stream, name, rank: rankOf(relationship) }]
    })
    .toSorted((one, other) => one.rank - other.rank)
  const found: AttachedXml[] = []
  for (const { stream, name } of streams.slice(0, mostFiles)) {
    const bytes = await bytesOf(stream, copy)
    if (bytes && looksLikeXml(bytes)) found.push({ name, bytes })
  }
  return found
}

type Specified = { name: string; relationship: unknown }

function rankOf(relationship: unknown): number {
  const rank = relationships.findIndex((each) => each === relationship)
  return rank < 0 ? relationships.length : rank
}

/** What is said of attached files by their streams, from wherever they are specified. */
function specifiedIn(copy: WorkingCopy): ReadonlyMap<string, Specified> {
  const found = new Map<string, Specified>()
  for (const [, dictionary] of copy.dictionaries()) {
    if (!('/EF' in dictionary)) continue
    const name =
      textStringOf(copy.resolve(dictionary['/UF'])) ?? textStringOf(copy.resolve(dictionary['/F'])) ?? ''
    const relationship = copy.resolve(dictionary['/AFRelationship'])
    for (const reference of Object.values(copy.dictionary(dictionary['/EF'])))
      if (typeof reference === 'string') found.set(reference, { name: name.slice(0, 255), relationship })
  }
  return found
}

const isAttached = ({ reference, dictionary }: PdfStream, specified: ReadonlyMap<string, Specified>) =>
  specified.has(reference) || dictionary['/Type'] === '/EmbeddedFile'

async function bytesOf(stream: PdfStream, copy: WorkingCopy): Promise<Buffer | undefined> {
  if (stream.file.length > mostXmlBytes) return undefined
  try {
    return await plainStream(stream, copy, mostXmlBytes)
  } catch (error) {
    if (error instanceof JobFailure && error.code === 'decompression_bomb') return undefined
    throw error
  }
}
