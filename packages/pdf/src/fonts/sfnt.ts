/** The tables of a font file in the sfnt wrapper, by tag. */
export type Tables = Map<string, Uint8Array>

const trueTypeVersions = [0x00010000, 0x74727565]
const headerBytes = 12
const recordBytes = 16
/** What the checksum of a whole font comes to (OpenType specification, table head). */
const wholeSum = 0xb1b0afba

type TableRecord = { tag: string; offset: number; length: number }

/** The directory of an sfnt file (OpenType specification, "Organization of an OpenType Font"); undefined when it is cut off. */
function directoryOf(font: Buffer): TableRecord[] | undefined {
  if (font.length < headerBytes) return undefined
  const end = headerBytes + font.readUInt16BE(4) * recordBytes
  if (end > font.length) return undefined
  const records: TableRecord[] = []
  for (let at = headerBytes; at < end; at += recordBytes)
    records.push({
      tag: font.toString('latin1', at, at + 4),
      offset: font.readUInt32BE(at + 8),
      length: font.readUInt32BE(at + 12),
    })
  return records
}

/** The tables of a font, as much of each as is there; undefined without a whole directory. */
export function tablesIn(bytes: Uint8Array): Map<string, Buffer> | undefined {
  const font = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const records = directoryOf(font)
  return (
    records &&
    new Map(records.map(({ tag, offset, length }) => [tag, font.subarray(offset, offset + length)]))
  )
}

/** Takes a TrueType font apart whose tables are all whole; undefined when it is none. */
export function readTables(bytes: Uint8Array): Tables | undefined {
  const font = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const records = directoryOf(font)
  if (!records || !trueTypeVersions.includes(font.readUInt32BE(0))) return undefined
  return records.some(({ offset, length }) => offset + length > font.length) ? undefined : tablesIn(font)
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
