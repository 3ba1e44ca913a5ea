import {
  orAsItIs,
  type PdfStream,
  without,
  withoutEditingData,
  type WorkingCopy,
  xmpPacketOf,
} from '@pdf-smaller/pdf'
import type { Settings } from '../levels.ts'
import { decode } from './decode.ts'
import { repack } from './repack.ts'

/** What packets of parts may unpack to in all; those that follow stay as they are. */
const mostBytesInAll = 64 * 1024 * 1024

/**
 * Packs the XMP packets of a document and of its parts. What they say stays at every level; where the level says so,
 * without what only the programs read that made it. A packet that names a standard says the same afterwards, and is packed
 * where the standard allows it, by levels that do not care for who looks for it in the bytes of a file.
 */
export async function packPackets(copy: WorkingCopy, settings: Settings): Promise<void> {
  const packet = await xmpPacketOf(copy)
  // What forbids to pack one packet forbids it for all.
  if (packet?.forbidsNewForms) return
  if (packet?.bytes && !(packet.claimsStandard && settings.keepXmp)) {
    const isSlimmed = !settings.keepXmp && !packet.claimsStandard
    await packPacket(packet.stream, isSlimmed ? packet.bytes : undefined, copy)
  }
  let left = mostBytesInAll
  for (const stream of copy.streams()) {
    const isPart = stream.dictionary['/Type'] === '/Metadata' && stream.reference !== packet?.stream.reference
    if (!isPart || left < 0) continue
    const bytes = await orAsItIs(async () => decode(await copy.read(stream), stream.dictionary, copy))
    left -= bytes?.length ?? 0
    if (bytes && left >= 0) await packPacket(stream, settings.keepXmp ? undefined : bytes, copy)
  }
}

/** @param bytes what a packet says, where what only programs read is to go */
async function packPacket(
  stream: PdfStream,
  bytes: Uint8Array | undefined,
  copy: WorkingCopy,
): Promise<void> {
  const slim = bytes && withoutEditingData(Buffer.from(bytes).toString('latin1'))
  const [dictionary, said] =
    slim === undefined
      ? [stream.dictionary, await copy.read(stream)]
      : [without(stream.dictionary, '/Filter', '/DecodeParms'), Buffer.from(slim, 'latin1')]
  const packed = await repack(dictionary, said, copy)
  const made = packed ?? (slim === undefined ? undefined : { dictionary, bytes: said })
  if (made) await copy.putStream(stream.reference, made.dictionary, made.bytes)
}
