/** What the segments before the data of a JPEG say (ITU-T T.81, B.2). */
export type JpegHead = {
  /** Pixels; undefined where no frame is found. */
  size: { width: number; height: number } | undefined
  /** As libjpeg counts it, 1 to 100, by the first quantization table; undefined where none is found. */
  quality: number | undefined
  /** Bytes of notes that programs left, such as thumbnails and profiles: no part of the picture. */
  notes: number
}

/** @param bytes of its beginning */
export function jpegHead(bytes: Buffer): JpegHead {
  const head: JpegHead = { size: undefined, quality: undefined, notes: 0 }
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const segment = bytes.subarray(at + 4, end)
    if (isNote(marker)) head.notes += end - at
    else if (marker === 0xdb) head.quality ??= qualityOf(segment)
    else if (isFrame(marker) && segment.length >= 5)
      head.size ??= { width: segment.readUInt16BE(3), height: segment.readUInt16BE(1) }
    else if (marker === 0xda) break
    at = end
  }
  return head
}

/** Application segments and comments; Adobe's tells what the colours are. */
const isNote = (marker: number) => (marker >= 0xe0 && marker <= 0xef && marker !== 0xee) || marker === 0xfe
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Mean of the standard's table for brightness, which stands for quality 50 (ITU-T T.81, K.1). */
const meanAtFifty = 57.6

function qualityOf(table: Buffer): number | undefined {
  const wide = (table[0] ?? 0) >> 4 > 0
  const size = wide ? 128 : 64
  if (table.length < size + 1) return undefined
  let sum = 0
  for (let at = 1; at <= size; at += wide ? 2 : 1) sum += wide ? table.readUInt16BE(at) : (table[at] ?? 0)
  const scale = (sum / 64 / meanAtFifty) * 100
  return Math.min(100, Math.max(1, scale <= 100 ? 100 - scale / 2 : 5000 / scale))
}
