import { isDictionary, orAsItIs, type PdfStream, without, type WorkingCopy } from '@pdf-smaller/pdf'
import type { Settings } from '../levels.ts'
import { decode } from './decode.ts'
import { repack } from './repack.ts'

/** Standards whose files must say in their XMP packet that they follow them; some forbid packing it. */
const standards = /pdfaid:|pdfuaid:|pdfxid:|pdfx:GTS_|zugferd|factur-x/i

/**
 * Drops what no reader of the document sees: editing data of the programs that made it, thumbnails, XMP packets of its
 * parts, and usage rights, which any change makes invalid. The document's own packet is packed, or dropped where the
 * level says so; a packet that names a standard stays untouched.
 */
export async function dropPrivateData(copy: WorkingCopy, settings: Settings): Promise<void> {
  const root = copy.trailer['/Root']
  const catalogue = copy.dictionary(root)
  if (typeof root !== 'string') return
  if (!settings.keepPrivateData) dropFromParts(copy, root)
  const kept = copy.stream(catalogue['/Metadata'])
  const packet = kept && (await packetOf(copy, kept))
  // What cannot be read may claim one, too.
  const followsStandard = kept !== undefined && (packet === undefined || standards.test(packet))
  const dropsPacket = !settings.keepXmp && !followsStandard
  copy.put(root, {
    value: without(copy.dictionary(root), '/Perms', ...(dropsPacket ? ['/Metadata'] : [])),
  })
  if (!kept || dropsPacket || followsStandard) return
  const packed = await repack(kept.dictionary, await copy.read(kept), copy, settings.packing)
  if (packed) await copy.putStream(kept.reference, packed.dictionary, packed.bytes)
}

async function packetOf(copy: WorkingCopy, stream: PdfStream): Promise<string | undefined> {
  const raw = await copy.read(stream)
  const packet = await orAsItIs(() => decode(raw, stream.dictionary, copy))
  return packet && Buffer.from(packet).toString('latin1')
}

function dropFromParts(copy: WorkingCopy, root: string): void {
  for (const [reference, object] of copy.all) {
    const dictionary = 'value' in object ? object.value : object.dictionary
    if (!isDictionary(dictionary)) continue
    const idle = ['/PieceInfo', '/Thumb', ...(reference === root ? [] : ['/Metadata'])]
    if (!idle.some((key) => dictionary[key] !== undefined)) continue
    const bare = without(dictionary, ...idle)
    copy.put(reference, 'value' in object ? { value: bare } : { dictionary: bare, file: object.file })
  }
}
