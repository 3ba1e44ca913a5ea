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

/** An attached file that may be an invoice and was not read. */
export type LeftOut = { name: string; why: string }

/** Of a document with more attachments the rest is not looked at; of those that are left out no more are named. */
const mostFiles = 20

/** Relationships of an e-invoice to its pages, the likeliest first (ISO 32000-2, table 43; Factur-X 1.07, 6.2.2). */
const relationships = ['/Data', '/Alternative', '/Source']
/** As the formats want the file to be named: Factur-X and ZUGFeRD 2, ZUGFeRD 1, XRechnung, Order-X. */
const usualName = /^(factur-x|zugferd-invoice|xrechnung|order-x)\.xml$/i

/**
 * The XML files that are attached to a document (ISO 32000-2, 7.11.4), whatever they are named: names are often wrong, so
 * that only what a file holds says what it is. Those whose relationship or name is that of an e-invoice come first; what
 * only supplements the document is none. What is called XML and could not be read is told.
 */
export async function attachedXml({
  copy,
}: InspectedPdf): Promise<{ attached: AttachedXml[]; leftOut: LeftOut[] }> {
  const specified = specifiedIn(copy)
  const streams = copy
    .streams()
    .filter((stream) => isAttached(stream, specified))
    .flatMap((stream) => {
      const { name = 'attachment', relationship } = specified.get(stream.reference) ?? {}
      return relationship === '/Supplement' ? [] : [{ stream, name, rank: rankOf(relationship, name) }]
    })
    .toSorted((one, other) => one.rank - other.rank)
  const attached: AttachedXml[] = []
  const leftOut: LeftOut[] = []
  for (const [index, { stream, name }] of streams.entries()) {
    const read = index < mostFiles ? await bytesOf(stream, copy) : `${mostFiles} attachments come before it`
    if (typeof read !== 'string') {
      if (looksLikeXml(read)) attached.push({ name, bytes: read })
    } else if (leftOut.length < mostFiles && isCalledXml(stream, name)) leftOut.push({ name, why: read })
  }
  return { attached, leftOut }
}

type Specified = { name: string; relationship: unknown }

/** The lower the likelier. */
function rankOf(relationship: unknown, name: string): number {
  const rank = relationships.findIndex((each) => each === relationship)
  if (rank >= 0) return rank
  return relationships.length + (usualName.test(name) ? 0 : /\.xml$/i.test(name) ? 1 : 2)
}

/** A name of PDF may have its characters escaped. */
const isCalledXml = ({ dictionary }: PdfStream, name: string) =>
  /\.xml$/i.test(name) || /^\/(text|application)(\/|#2f)xml$/i.test(String(dictionary['/Subtype']))

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

/** @returns why it could not be read, where it could not */
async function bytesOf(stream: PdfStream, copy: WorkingCopy): Promise<Buffer | string> {
  const tooLarge = `it has more than ${mostXmlBytes / 1e6} MB`
  if (stream.file.length > mostXmlBytes) return tooLarge
  try {
    return (await plainStream(stream, copy, mostXmlBytes)) ?? 'its compression is damaged'
  } catch (error) {
    if (error instanceof JobFailure && error.code === 'decompression_bomb') return tooLarge
    throw error
  }
}
