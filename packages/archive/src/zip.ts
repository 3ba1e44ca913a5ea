import { readFileSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { directoryRecord, endOfDirectory, type Entry, localHeader } from './zip-records.ts'

/** A ZIP file under way. Disposing of one that is not closed leaves an unusable file behind. */
export type Zip = AsyncDisposable & {
  /**
   * Puts a file in; when it resolves, the file may be removed. One at a time. After a failure the ZIP is of no use.
   * @throws Error of the file system
   */
  add: (name: string, file: string) => Promise<void>
  /** Makes the ZIP whole. */
  close: () => Promise<void>
}

const chunkBytes = 1 << 20
/** For so few bytes another thread takes longer to hear of them than it takes to read them. */
const fewBytes = 64 * 1024

/**
 * Begins a new ZIP file: entries stored, for PDFs and images do not deflate any further; names in UTF-8; ZIP64 where
 * sizes or the number of entries ask for it. Only the directory is held in memory, some 100 bytes an entry. Sizes and
 * checksums stand in front of the bytes, so that readers of streams can take it too.
 * @throws Error of the file system
 */
export async function openZip(path: string): Promise<Zip> {
  const zip = await open(path, 'wx', 0o600)
  const chunk = Buffer.alloc(chunkBytes)
  const directory: Uint8Array[] = []
  let end = 0
  let isOpen = true
  const release = async () => {
    if (!isOpen) return
    isOpen = false
    await zip.close()
  }
  /** In one go with its header. */
  const addBytes = async (name: string, bytes: Buffer, modified: Date) => {
    const own = { name: Buffer.from(name), crc32: crc32(bytes), size: bytes.length, offset: end, modified }
    const record = Buffer.concat([localHeader(own), bytes])
    await writeAll(zip, record, end)
    directory.push(Uint8Array.from(directoryRecord(own)))
    end += record.length
  }
  return {
    add: async (name, file) => {
      const { size: told, mtime: changed } = statSync(file)
      if (told <= fewBytes) return addBytes(name, readFileSync(file), changed)
      await using source = await open(file)
      const { size, mtime } = await source.stat()
      const entry: Entry = { name: Buffer.from(name), crc32: 0, size, offset: end, modified: mtime }
      const start = end + localHeader(entry).length
      entry.crc32 = await copy(source, size, zip, start, chunk)
      await writeAll(zip, localHeader(entry), end)
      // Small buffers share larger ones; a record that is kept must not keep its neighbours.
      directory.push(Uint8Array.from(directoryRecord(entry)))
      end = start + size
    },
    close: async () => {
      const records = Buffer.concat(directory)
      const ending = endOfDirectory(directory.length, records.length, end)
      await writeAll(zip, Buffer.concat([records, ending]), end)
      await release()
    },
    [Symbol.asyncDispose]: release,
  }
}

/** @returns the CRC-32 of what was copied */
async function copy(
  source: FileHandle,
  size: number,
  zip: FileHandle,
  start: number,
  chunk: Buffer,
): Promise<number> {
  let sum = 0
  for (let at = 0; at < size;) {
    const { bytesRead } = await source.read(chunk, 0, Math.min(chunk.length, size - at), at)
    if (bytesRead === 0) throw new Error('a file became shorter while it was put into a ZIP')
    const bytes = chunk.subarray(0, bytesRead)
    sum = crc32(bytes, sum)
    await writeAll(zip, bytes, start + at)
    at += bytesRead
  }
  return sum
}

/** A nearly full disk takes a part; writing on tells why. */
async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;)
    at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten
}
