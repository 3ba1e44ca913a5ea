import { JobFailure } from '@pdf-smaller/contracts'
import {
  type InspectedPdf,
  type PdfStream,
  plainStream,
  textStringOf,
  type WorkingCopy,
} from '@pdf-smaller/pdf'

/** A file that is attached to a document and may be an invoice. */
export type AttachedXml = { name: string; bytes: Buffer }

/** Invoices are some kilobytes; of a document with more attachments the rest is not looked at. */
const [mostBytes, mostFiles] = [5 * 2 ** 20, 20]

/**
 * The XML files that are attached to a document (ISO 32000-2, 7.11.4), whatever they are named: names and relationships are
 * often wrong, so that only what a file holds says what it is.
 */
export async function attachedXml({ copy }: InspectedPdf): Promise<AttachedXml[]> {
  const names = namesOf(copy)
  const streams = copy.streams().filter((stream) => isAttached(stream, names))
  const found: AttachedXml[] = []
  for (const stream of streams.slice(0, mostFiles)) {
    const bytes = await bytesOf(stream, copy)
    const name = names.get(stream.reference) ?? 'attachment'
    if (bytes && looksLikeXml(bytes)) found.push({ name, bytes })
  }
  return found
}

/** The names of attached files by their streams, from wherever they are specified. */
function namesOf(copy: WorkingCopy): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const [, dictionary] of copy.dictionaries()) {
    if (!('/EF' in dictionary)) continue
    const name =
      textStringOf(copy.resolve(dictionary['/UF'])) ?? textStringOf(copy.resolve(dictionary['/F'])) ?? ''
    for (const reference of Object.values(copy.dictionary(dictionary['/EF'])))
      if (typeof reference === 'string') names.set(reference, name.slice(0, 255))
  }
  return names
}

const isAttached = ({ reference, dictionary }: PdfStream, names: ReadonlyMap<string, string>) =>
  names.has(reference) || dictionary['/Type'] === '/EmbeddedFile'

async function bytesOf(stream: PdfStream, copy: WorkingCopy): Promise<Buffer | undefined> {
  if (stream.file.length > mostBytes) return undefined
  try {
    return await plainStream(stream, copy, mostBytes)
  } catch (error) {
    if (error instanceof JobFailure && error.code === 'decompression_bomb') return undefined
    throw error
  }
}

const looksLikeXml = (bytes: Buffer) =>
  /^(?:\xef\xbb\xbf)?\s*<[?!A-Za-z_]/.test(bytes.subarray(0, 200).toString('latin1'))
