/** The tables of a font file in the sfnt wrapper, by tag. */
export type Tables = Map<string, Uint8Array>

const trueTypeVersions = [0x00010000, 0x74727565]
const headerBytes = 12
const recordBytes = 16
/** What the checksum of a whole font comes to (OpenType specification, table head). */
const wholeSum = 0xb1b0afba

/** Takes a TrueType font apart (OpenType specification, "Organization of an OpenType Font"); undefined when it is none. */
export function readTables(font: Uint8Array): Tables | undefined {
  const view = viewOf(font)
  if (font.length < headerBytes || !trueTypeVersions.includes(view.getUint32(0))) return undefined
  const count = view.getUint16(4)
  if (headerBytes + count * recordBytes > font.length) return undefined
  const tables: Tables = new Map()
  for (let at = headerBytes; at < headerBytes + count * recordBytes; at += recordBytes) {
    const [offset, length] = [view.getUint32(at + 8), view.getUint32(at + 12)]
    if (offset + length > font.length) return undefined
    tables.set(
      Buffer.from(font.subarray(at, at + 4)).toString('latin1'),
      font.subarray(offset, offset + length),
    )
  }
  return tables
}

/** Puts tables together to a TrueType font, with its checksums. */
export function writeTables(tables: Tables): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1))
  const start = headerBytes + sorted.length * recordBytes
  const size = sorted.reduce((sum, [, table]) => sum + padded(table.length), start)
  const font = Buffer.alloc(size)
  const power = Math.floor(Math.log2(sorted.length))
  font.writeUInt32BE(trueTypeVersions[0] ?? 0, 0)
  font.writeUInt16BE(sorted.length, 4)
  font.writeUInt16BE(2 ** power * recordBytes, 6)
  font.writeUInt16BE(power, 8)
  font.writeUInt16BE((sorted.length - 2 ** power) * recordBytes, 10)
  let [record, offset] = [headerBytes, start]
  let headAt = -1
  for (const [tag, table] of sorted) {
    font.set(table, offset)
    // The checksum of a font stands in head, and is left out of account there.
    if (tag === 'head') font.writeUInt32BE(0, (headAt = offset) + 8)
    font.write(tag, record, 'latin1')
    font.writeUInt32BE(checksum(font.subarray(offset, offset + padded(table.length))), record + 4)
    font.writeUInt32BE(offset, record + 8)
    font.writeUInt32BE(table.length, record + 12)
    record += recordBytes
    offset += padded(table.length)
  }
  if (headAt >= 0) font.writeUInt32BE((wholeSum - checksum(font)) >>> 0, headAt + 8)
  return font
}

export const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const padded = (length: number) => (length + 3) & ~3

/** The sum of the 32-bit words of a table, modulo 2^32. */
function checksum(table: Buffer): number {
  let sum = 0
  for (let at = 0; at < table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0
  return sum
}
