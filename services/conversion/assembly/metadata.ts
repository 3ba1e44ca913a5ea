import { type Dictionary, textValue } from '@pdf-smaller/pdf'
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

/** The XMP packet of the first part; undefined when something else is given, or when it claims a standard. */
export async function joinedPacket({ part, copied }: Extract, given: GivenMetadata): Promise<unknown> {
  if (Object.values(given).some((value) => value !== undefined)) return undefined
  const { copy } = part.source.document
  const packet = copy.stream(copy.dictionary(copy.trailer['/Root'])['/Metadata'])
  // A packet is hardly ever packed; one that is cannot be looked into here.
  if (!packet || packet.dictionary['/Filter'] !== undefined) return undefined
  return claims.test((await copy.read(packet)).toString('latin1')) ? undefined : copied(packet.reference)
}
