import { isDictionary, without, type WorkingCopy, xmpPacketOf } from '@pdf-smaller/pdf'
import type { Settings } from '../levels.ts'
import { repack } from './repack.ts'

/**
 * Drops what no reader of the document sees: editing data of the programs that made it, thumbnails, XMP packets of its
 * parts, and usage rights, which any change makes invalid. The document's own packet is packed, or dropped where the
 * level says so; a packet that names a standard stays untouched.
 */
export async function dropPrivateData(copy: WorkingCopy, settings: Settings): Promise<void> {
  const root = copy.trailer['/Root']
  if (typeof root !== 'string') return
  if (!settings.keepPrivateData) dropFromParts(copy, root)
  const packet = await xmpPacketOf(copy)
  // Some standards forbid packing it.
  const followsStandard = packet?.claimsStandard === true
  const dropsPacket = !settings.keepXmp && !followsStandard
  copy.put(root, {
    value: without(copy.dictionary(root), '/Perms', ...(dropsPacket ? ['/Metadata'] : [])),
  })
  if (!packet || dropsPacket || followsStandard) return
  const kept = packet.stream
  const packed = await repack(kept.dictionary, await copy.read(kept), copy)
  if (packed) await copy.putStream(kept.reference, packed.dictionary, packed.bytes)
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
