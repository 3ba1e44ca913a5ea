import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { JobFailure } from '@pdf-smaller/contracts'

/** A file in an archive (PKWARE APPNOTE 6.3.10). */
export type Entry = { name: string; method: number; packed: number; size: number; at: number }

const [endMark, entryMark, fileMark] = [0x06054b50, 0x02014b50, 0x04034b50]
/** The end record has a comment behind it, of 65,535 bytes at most. */
const [endBytes, longestEnd] = [22, 22 + 65_535]
const mostEntries = 10_000
const mostDirectoryBytes = 16 * 2 ** 20
/** Of an entry that is unpacked into memory. */
const mostEntryBytes = 64 * 2 ** 20

const unpack = promisify(inflateRaw)

/** What an archive says that it holds. @throws JobFailure no_pages for what is none, or is larger than is looked at here */
export async function entriesOf(file: string): Promise<Entry[]> {
  await using handle = await open(file)
  const { size } = await handle.stat()
  const tail = await read(handle, Math.max(0, size - longestEnd), Math.min(size, longestEnd))
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + endBytes > tail.length || tail.readUInt32LE(end) !== endMark) throw notShown()
  const [count, bytes, from] = [
    tail.readUInt16LE(end + 10),
    tail.readUInt32LE(end + 12),
    tail.readUInt32LE(end + 16),
  ]
  if (count > mostEntries || bytes > mostDirectoryBytes || from + bytes > size) throw notShown()
  return entriesIn(await read(handle, from, bytes), count)
}

function entriesIn(directory: Buffer, count: number): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; entries.length < count;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== entryMark) throw notShown()
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) =>
      directory.readUInt16LE(at + offset),
    )
    const name = directory.toString('utf8', at + 46, at + 46 + (nameBytes ?? 0))
    const [packed, size] = [directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 24)]
    entries.push({
      name,
      method: directory.readUInt16LE(at + 10),
      packed,
      size,
      at: directory.readUInt32LE(at + 42),
    })
    at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0)
  }
  return entries
}

/** @throws JobFailure decompression_bomb, damaged_image */
export async function readEntry(file: string, { method, packed, at }: Entry): Promise<Buffer> {
  if (packed > mostEntryBytes) throw new JobFailure('decompression_bomb', `an entry of ${packed} bytes`)
  await using handle = await open(file)
  const head = await read(handle, at, 30)
  if (head.length < 30 || head.readUInt32LE(0) !== fileMark) throw notShown()
  const data = await read(handle, at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), packed)
  if (method === 0) return data
  if (method !== 8) throw new JobFailure('damaged_image', `packed by the method ${method}`)
  return unpack(data, { maxOutputLength: mostEntryBytes }).catch((error: unknown) => {
    const isTooMuch = error instanceof RangeError
    throw new JobFailure(isTooMuch ? 'decompression_bomb' : 'damaged_image', '', { cause: error })
  })
}

type Handle = Awaited<ReturnType<typeof open>>

async function read(handle: Handle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

const notShown = () => new JobFailure('no_pages', 'the archive is none that is looked into here')
