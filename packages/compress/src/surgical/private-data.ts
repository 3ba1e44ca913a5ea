import { JobFailure } from '@pdf-smaller/contracts'
import {
  type Dictionary,
  isDictionary,
  type PdfStream,
  plainStream,
  without,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import type { Settings } from '../levels.ts'
import { packPackets } from './packets.ts'

/** What packets of parts may unpack to, each and together, to be looked at. */
const [mostPartBytes, mostBytesInAll] = [1024 * 1024, 64 * 1024 * 1024]

/**
 * Drops what no reader of the document sees: editing data of the programs that made it, thumbnails, and usage rights, which
 * any change makes invalid. XMP packets are packed (`packets.ts`).
 */
export async function dropPrivateData(copy: WorkingCopy, settings: Settings): Promise<void> {
  const root = copy.trailer['/Root']
  if (typeof root !== 'string') return
  if (!settings.keepPrivateData) await dropFromParts(copy, root)
  copy.put(root, { value: without(copy.dictionary(root), '/Perms') })
  await packPackets(copy, settings)
}

async function dropFromParts(copy: WorkingCopy, root: string): Promise<void> {
  const describes = openDescriptions(copy)
  for (const [reference, object] of copy.all) {
    const dictionary = 'value' in object ? object.value : object.dictionary
    if (!isDictionary(dictionary)) continue
    const idle = privateKeysOf(dictionary, copy)
    const { '/Metadata': metadata } = dictionary
    if (reference !== root && isPacket(metadata, copy) && !(await describes(metadata))) idle.push('/Metadata')
    if (idle.length === 0) continue
    const bare = without(dictionary, ...idle)
    copy.put(reference, 'value' in object ? { value: bare } : { dictionary: bare, file: object.file })
  }
}

/** Resources and destinations have names of their own, which may be the same: what stands there tells which it is. */
function privateKeysOf(dictionary: Dictionary, copy: WorkingCopy): string[] {
  const { '/PieceInfo': pieces, '/Thumb': thumbnail, '/Type': type } = dictionary
  return [
    ...(isPieceInfo(copy.resolve(pieces)) ? ['/PieceInfo'] : []),
    ...(thumbnail !== undefined && type === '/Page' ? ['/Thumb'] : []),
  ]
  function isPieceInfo(value: unknown): boolean {
    return isDictionary(value) && Object.values(value).every((each) => isDictionary(copy.resolve(each)))
  }
}

const isPacket = (metadata: unknown, copy: WorkingCopy) => {
  const stream = copy.stream(metadata)
  return stream?.dictionary['/Type'] === '/Metadata' || stream?.dictionary['/Subtype'] === '/XML'
}

/** Who made a part, what it shows, and who may use it (Dublin Core, IPTC Core and rights management of XMP). */
const descriptive =
  /[<\s](dc:(title|creator|contributor|description|rights|subject|source|publisher)|xmpRights:|Iptc4xmp|plus:|photoshop:(Credit|Headline|Source|Instructions))/

/** Tells whether the packet of a part says something that stands nowhere else; what is too much to read may. */
function openDescriptions(copy: WorkingCopy): (metadata: unknown) => Promise<boolean> {
  const known = new Map<unknown, boolean>()
  let left = mostBytesInAll
  const describes = async (packet: PdfStream | undefined) => {
    if (!packet) return false
    if (left < 0) return true
    try {
      const bytes = await plainStream(packet, copy, mostPartBytes)
      left -= bytes?.length ?? 0
      return bytes === undefined || descriptive.test(bytes.toString('latin1'))
    } catch (error) {
      if (!(error instanceof JobFailure) || error.code !== 'decompression_bomb') throw error
      left -= mostPartBytes
      return true
    }
  }
  return async (metadata) => {
    const found = known.get(metadata) ?? (await describes(copy.stream(metadata)))
    known.set(metadata, found)
    return found
  }
}
