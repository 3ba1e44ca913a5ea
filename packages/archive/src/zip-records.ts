/** What a ZIP tells of a file in it. Sizes and the place of its local header in bytes. */
export type Entry = { name: Buffer; crc32: number; size: number; offset: number; modified: Date }

/** In a field of 16 or 32 bits: the value stands in the ZIP64 record. */
const elsewhere16 = 0xff_ff
const elsewhere32 = 0xff_ff_ff_ff

const utf8Names = 1 << 11
const [versionPlain, versionZip64] = [20, 45]
const madeByUnix = (3 << 8) | versionZip64
const regularFile = (0o100_644 << 16) >>> 0

/** The record in front of a file's bytes (APPNOTE 6.3.10, section 4.3.7). */
export function localHeader(entry: Entry): Buffer {
  const extra = entry.size < elsewhere32 ? Buffer.alloc(0) : zip64Extra([entry.size, entry.size])
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04_03_4b_50, 0)
  describe(entry, extra).copy(header, 4)
  return Buffer.concat([header, entry.name, extra])
}

/** The record of a file in the directory at the end (section 4.3.12). */
export function directoryRecord(entry: Entry): Buffer {
  const { size, offset } = entry
  const large = [...(size < elsewhere32 ? [] : [size, size]), ...(offset < elsewhere32 ? [] : [offset])]
  const extra = large.length === 0 ? Buffer.alloc(0) : zip64Extra(large)
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02_01_4b_50, 0)
  record.writeUInt16LE(madeByUnix, 4)
  describe(entry, extra).copy(record, 6)
  record.writeUInt32LE(regularFile, 38)
  record.writeUInt32LE(Math.min(offset, elsewhere32), 42)
  return Buffer.concat([record, entry.name, extra])
}

/** The fields that both records share: from the version needed to the length of the extra field. */
function describe({ name, crc32, size, modified }: Entry, extra: Buffer): Buffer {
  const fields = Buffer.alloc(26)
  const shownSize = Math.min(size, elsewhere32)
  fields.writeUInt16LE(extra.length === 0 ? versionPlain : versionZip64, 0)
  fields.writeUInt16LE(utf8Names, 2)
  fields.writeUInt32LE(dosTime(modified), 6)
  fields.writeUInt32LE(crc32, 10)
  fields.writeUInt32LE(shownSize, 14)
  fields.writeUInt32LE(shownSize, 18)
  fields.writeUInt16LE(name.length, 22)
  fields.writeUInt16LE(extra.length, 24)
  return fields
}

/** Section 4.5.3. */
function zip64Extra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8 * values.length, 2)
  for (const [index, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index)
  return extra
}

/** The date in the upper 16 bits, the time in steps of two seconds in the lower ones. */
function dosTime(at: Date): number {
  const date = ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate()
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1)
  return date * 2 ** 16 + time
}

/** What ends a ZIP: where its directory stands (sections 4.3.14 to 4.3.16). */
export function endOfDirectory(entries: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06_05_4b_50, 0)
  end.writeUInt16LE(Math.min(entries, elsewhere16), 8)
  end.writeUInt16LE(Math.min(entries, elsewhere16), 10)
  end.writeUInt32LE(Math.min(bytes, elsewhere32), 12)
  end.writeUInt32LE(Math.min(offset, elsewhere32), 16)
  const isLarge = entries >= elsewhere16 || bytes >= elsewhere32 || offset >= elsewhere32
  return isLarge ? Buffer.concat([endOfLargeDirectory(entries, bytes, offset), end]) : end
}

function endOfLargeDirectory(entries: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06_06_4b_50, 0)
  record.writeBigUInt64LE(BigInt(record.length - 12), 4)
  record.writeUInt16LE(madeByUnix, 12)
  record.writeUInt16LE(versionZip64, 14)
  record.writeBigUInt64LE(BigInt(entries), 24)
  record.writeBigUInt64LE(BigInt(entries), 32)
  record.writeBigUInt64LE(BigInt(bytes), 40)
  record.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07_06_4b_50, 0)
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([record, locator])
}
