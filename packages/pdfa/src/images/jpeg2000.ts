/** What stands in the boxes of a JPEG 2000 file that PDF/A bounds (ISO/IEC 15444-1, annex I). */
export type Jpeg2000 = {
  channels: number
  /** The depth of all channels in bits; 0 where each has its own. */
  depth: number
  hasOwnDepths: boolean
  spaces: { method: number; approximation: number; enumerated: number | undefined }[]
}

const superboxes = new Set(['jp2h'])

/** Reads the boxes of a JPEG 2000 file; a bare codestream has none, and so no channels. */
export function jpeg2000Of(bytes: Buffer): Jpeg2000 {
  const read: Jpeg2000 = { channels: 0, depth: 0, hasOwnDepths: false, spaces: [] }
  readBoxes(bytes, read)
  return read
}

function readBoxes(bytes: Buffer, into: Jpeg2000): void {
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const kind = bytes.toString('latin1', at + 4, at + 8)
    const isLong = length === 1 && at + 16 <= bytes.length
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : length === 0 ? bytes.length - at : length
    const head = isLong ? 16 : 8
    if (size < head) return
    // The boxes within a superbox follow its head.
    if (superboxes.has(kind)) {
      at += head
      continue
    }
    readBox(kind, bytes.subarray(at + head, at + size), into)
    at += size
  }
}

function readBox(kind: string, content: Buffer, into: Jpeg2000): void {
  if (kind === 'ihdr' && content.length >= 11) {
    into.channels = content.readUInt16BE(8)
    const depth = content.readUInt8(10)
    into.depth = depth === 255 ? 0 : (depth & 0x7f) + 1
  }
  if (kind === 'bpcc') into.hasOwnDepths = true
  if (kind === 'colr' && content.length >= 3) {
    const [method, , approximation] = content
    const enumerated = method === 1 && content.length >= 7 ? content.readUInt32BE(3) : undefined
    into.spaces.push({ method: method ?? 0, approximation: approximation ?? 0, enumerated })
  }
}
