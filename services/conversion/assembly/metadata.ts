import { deflateSync } from 'node:zlib'
import { type Dictionary, type NewObjects, textValue } from '@pdf-smaller/pdf'
import type { Extract } from './extract.ts'

/** What a new document says of itself in place of what its first part says. */
export type GivenMetadata = {
  title?: string | undefined
  author?: string | undefined
  subject?: string | undefined
  keywords?: string | undefined
}

/** Standards that a document which is put together anew no longer follows by itself. */
const claims = /pdfaid:|pdfuaid:|pdfxid:|pdfx:GTS_|zugferd|factur-x/i
const thumbnails = /:Thumbnails\b|xmpGImg:/

/** The information dictionary: that of the first part, and over it what is given. */
export function joinedInfo({ part }: Extract, given: GivenMetadata): Dictionary {
  const { copy } = part.source.document
  // Texts, dates and names stand there; what leads on is of some program.
  const own = Object.fromEntries(
    Object.entries(copy.dictionary(copy.trailer['/Info'])).flatMap(([key, value]) => {
      const said = copy.resolve(value)
      return typeof said === 'object' ? [] : [[key, said]]
    }),
  )
  const over = Object.entries(given).flatMap(([key, value]) =>
    value === undefined ? [] : [[`/${key.charAt(0).toUpperCase()}${key.slice(1)}`, textValue(value)]],
  )
  return { ...own, ...Object.fromEntries(over), '/Producer': textValue('PDF Smaller') }
}

/**
 * The XMP packet of the first part; undefined when something else is given, or when it claims a standard. That of some
 * pages goes without pictures of others, and is packed, as each part of a document has one.
 */
export async function joinedPacket(
  { part, copied }: Extract,
  given: GivenMetadata,
  target: NewObjects,
): Promise<unknown> {
  if (Object.values(given).some((value) => value !== undefined)) return undefined
  const { copy } = part.source.document
  const packet = copy.stream(copy.dictionary(copy.trailer['/Root'])['/Metadata'])
  // A packet is hardly ever packed; one that is cannot be looked into here.
  if (!packet || packet.dictionary['/Filter'] !== undefined) return undefined
  const bytes = await copy.read(packet)
  const text = bytes.toString('latin1')
  if (claims.test(text)) return undefined
  if (part.selection.isWhole) return copied(packet.reference)
  if (thumbnails.test(text)) return undefined
  const dictionary = { '/Type': '/Metadata', '/Subtype': '/XML', '/Filter': '/FlateDecode' }
  return target.add({ dictionary, data: deflateSync(bytes) })
}
