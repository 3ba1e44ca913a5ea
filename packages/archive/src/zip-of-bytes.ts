import { crc32 } from 'node:zlib'
import { directoryRecord, endOfDirectory, localHeader } from './zip-records.ts'

/** A file of a ZIP that is made in memory. */
export type BytesInZip = { name: string; bytes: Uint8Array }

/**
 * A ZIP file in memory, for packages of a few small parts (ISO/IEC 21320-1, as office documents are): entries stored.
 * @param modified what every entry says of its last change; the same gives the same bytes
 */
export function zipOfBytes(files: readonly BytesInZip[], modified: Date): Buffer {
  const records: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const entry = { name: Buffer.from(name), crc32: crc32(bytes), size: bytes.length, offset, modified }
    const record = Buffer.concat([localHeader(entry), bytes])
    records.push(record)
    directory.push(directoryRecord(entry))
    offset += record.length
  }
  const size = directory.reduce((all, { length }) => all + length, 0)
  return Buffer.concat([...records, ...directory, endOfDirectory(files.length, size, offset)])
}
