import { deflated, type Dictionary, type NewObjects, textIn, textValue, xmpPacketOf } from '@pdf-smaller/pdf'
import type { Extract } from './extracted.ts'

/** What a new document says of itself in place of what its first part says. */
export type GivenMetadata = {
  title?: string | undefined
  author?: string | undefined
  subject?: string | undefined
  keywords?: string | undefined
}

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
  const packet = await xmpPacketOf(copy)
  // What is put together anew no longer follows a standard by itself.
  if (!packet?.bytes || packet.claimsStandard) return undefined
  if (part.selection.isWhole) return copied(packet.stream.reference)
  if (thumbnails.test(textIn(packet.bytes))) return undefined
  const dictionary = { '/Type': '/Metadata', '/Subtype': '/XML', '/Filter': '/FlateDecode' }
  return target.add({ dictionary, data: await deflated(packet.bytes) })
}
