/** Mean of the standard's table for brightness, which stands for quality 50 (ITU-T T.81, K.1). */
const meanAtFifty = 57.6

/** The quality of a JPEG as libjpeg counts it, 1 to 100, by its first quantization table; undefined where none is found. */
export function jpegQuality(head: Buffer): number | undefined {
  for (let at = 2; at + 4 < head.length && head[at] === 0xff;) {
    const length = head.readUInt16BE(at + 2)
    if (head[at + 1] === 0xdb) return qualityOf(head.subarray(at + 4, at + 2 + length))
    at += 2 + length
  }
  return undefined
}

function qualityOf(table: Buffer): number | undefined {
  const wide = (table[0] ?? 0) >> 4 > 0
  const size = wide ? 128 : 64
  if (table.length < size + 1) return undefined
  let sum = 0
  for (let at = 1; at <= size; at += wide ? 2 : 1) sum += wide ? table.readUInt16BE(at) : (table[at] ?? 0)
  const scale = (sum / 64 / meanAtFifty) * 100
  return Math.min(100, Math.max(1, scale <= 100 ? 100 - scale / 2 : 5000 / scale))
}
