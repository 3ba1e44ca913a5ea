import { plainStream } from './plain-stream.ts'
import type { PdfStream, WorkingCopy } from './working-copy.ts'

/** Standards whose files must say in their XMP packet that they follow them. */
const standards = /pdfaid:|pdfa\/ns\/id|pdfuaid:|pdfxid:|pdfx:GTS_|zugferd|factur-x/i
/** Standards that forbid newer forms, or may; of PDF/A that is the first part alone (ISO 19005-1, 6.2.2 and 6.7.2). */
const oldStandards = /pdfxid:|pdfx:GTS_/i
/** The part of PDF/A that is claimed, as an attribute or an element. */
const archivePart = /(?<!\/)pdfaid:part\s*(?:=\s*["']|>)\s*(\d*)/gi
/** Longer packets are not read. */
const mostPacketBytes = 64 * 1024 * 1024

/** The XMP packet of a document (ISO 32000-1, 14.3.2). */
export type XmpPacket = {
  stream: PdfStream
  /** Undefined where it cannot be unpacked. */
  bytes: Buffer | undefined
  /** Whether it names a standard, as one may that cannot be read. */
  claimsStandard: boolean
  /** Whether a standard that it names forbids to pack it, and colour profiles of the format's version 4. */
  forbidsNewForms: boolean
}

/**
 * Reads the XMP packet of a document; undefined where there is none.
 * @throws JobFailure decompression_bomb
 */
export async function xmpPacketOf(copy: WorkingCopy): Promise<XmpPacket | undefined> {
  const stream = copy.stream(copy.dictionary(copy.trailer['/Root'])['/Metadata'])
  if (!stream) return undefined
  const bytes = await plainStream(stream, copy, mostPacketBytes)
  if (!bytes) return { stream, bytes, claimsStandard: true, forbidsNewForms: true }
  const text = textIn(bytes)
  return { stream, bytes, claimsStandard: standards.test(text), forbidsNewForms: forbidsNewForms(text) }
}

function forbidsNewForms(packet: string): boolean {
  if (oldStandards.test(packet)) return true
  // By any other prefix the part is not looked for.
  if (!/pdfaid:|pdfa\/ns\/id/i.test(packet)) return false
  const parts = [...packet.matchAll(archivePart)].map(([, part]) => Number(part))
  return !(parts.length > 0 && parts.every((part) => part > 1))
}

/** The ASCII of a packet, which may be in UTF-16 or UTF-32, too. */
export const textIn = (packet: Buffer): string => packet.toString('latin1').replaceAll('\0', '')
