import { plainStream } from './plain-stream.ts'
import type { PdfStream, WorkingCopy } from './working-copy.ts'

/** Standards whose files must say in their XMP packet that they follow them. */
const standards = /pdfaid:|pdfuaid:|pdfxid:|pdfx:GTS_|zugferd|factur-x/i
/** Longer packets are not read. */
const mostPacketBytes = 64 * 1024 * 1024

/** The XMP packet of a document (ISO 32000-1, 14.3.2). */
export type XmpPacket = {
  stream: PdfStream
  /** Undefined where it cannot be unpacked. */
  bytes: Buffer | undefined
  /** Whether it names a standard, as one may that cannot be read. */
  claimsStandard: boolean
}

/**
 * Reads the XMP packet of a document; undefined where there is none.
 * @throws JobFailure decompression_bomb
 */
export async function xmpPacketOf(copy: WorkingCopy): Promise<XmpPacket | undefined> {
  const stream = copy.stream(copy.dictionary(copy.trailer['/Root'])['/Metadata'])
  if (!stream) return undefined
  const bytes = await plainStream(stream, copy, mostPacketBytes)
  return { stream, bytes, claimsStandard: bytes === undefined || standards.test(textIn(bytes)) }
}

/** The ASCII of a packet, which may be in UTF-16 or UTF-32, too. */
export const textIn = (packet: Buffer): string => packet.toString('latin1').replaceAll('\0', '')
