import { createHash } from 'node:crypto'
import { bytesOf, decode, orAsItIs, type PdfObjects } from '@pdf-smaller/pdf'

/** Packets are a few kilobytes; what is larger holds pictures. */
const mostPacketBytes = 16 * 1024 * 1024

/** What any program that writes the file says of that itself, and the room that is left behind a packet. */
const volatile =
  /<(xmp:ModifyDate|xmp:MetadataDate|pdf:Producer|xmpMM:InstanceID)>[^<]*<\/\1>|\s(xmp:ModifyDate|xmp:MetadataDate|pdf:Producer|xmpMM:InstanceID)=("[^"]*"|'[^']*')/g

/** A digest of what the XMP packet of a document says (ISO 16684-1); empty without one. */
export async function packetDigest(objects: PdfObjects): Promise<string> {
  const { '/Metadata': reference } = objects.dictionary(objects.trailer['/Root'])
  const stream = typeof reference === 'string' ? objects.all.get(reference) : undefined
  if (!stream || !('dictionary' in stream)) return ''
  const raw = await bytesOf(stream.file)
  const plain = await orAsItIs(() => decode(raw, stream.dictionary, objects, mostPacketBytes))
  if (!plain) return 'it cannot be read'
  const said = Buffer.from(plain).toString('latin1').replaceAll(volatile, '').replaceAll(/\s+/g, ' ')
  return createHash('sha1').update(said).digest('hex')
}
