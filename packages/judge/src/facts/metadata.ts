import { createHash } from 'node:crypto'
import { bytesOf, decode, orAsItIs, type PdfObjects, withoutEditingData } from '@pdf-smaller/pdf'

/** Packets are a few kilobytes; what is larger holds pictures. */
const mostPacketBytes = 16 * 1024 * 1024

/** What any program that writes the file says of that itself, and the room that is left behind a packet. */
const volatile =
  /<(xmp:ModifyDate|xmp:MetadataDate|pdf:Producer|xmpMM:InstanceID)>[^<]*<\/\1>|\s(xmp:ModifyDate|xmp:MetadataDate|pdf:Producer|xmpMM:InstanceID)=("[^"]*"|'[^']*')/g

/** Digests of what the XMP packet of a document says (ISO 16684-1). */
export type PacketFacts = {
  /** All of it; empty without a packet. */
  packet: string
  /** The same without what only the programs read that made the document. */
  description: string
}

export async function packetFactsOf(objects: PdfObjects): Promise<PacketFacts> {
  const { '/Metadata': reference } = objects.dictionary(objects.trailer['/Root'])
  const stream = typeof reference === 'string' ? objects.all.get(reference) : undefined
  if (!stream || !('dictionary' in stream)) return { packet: '', description: '' }
  const raw = await bytesOf(stream.file)
  const plain = await orAsItIs(() => decode(raw, stream.dictionary, objects, mostPacketBytes))
  if (!plain) return { packet: unreadable, description: unreadable }
  const said = Buffer.from(plain).toString('latin1')
  return { packet: digestOf(said), description: digestOf(withoutEditingData(said) ?? said) }
}

const unreadable = 'it cannot be read'

const digestOf = (said: string) =>
  createHash('sha1').update(said.replaceAll(volatile, '').replaceAll(/\s+/g, ' ')).digest('hex')
