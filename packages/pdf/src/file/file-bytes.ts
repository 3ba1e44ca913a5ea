import { closeSync, openSync, readSync, statSync } from 'node:fs'

const chunkBytes = 256 * 1024
/** As many chunks stay in memory; of most documents that is all of them. */
const mostChunks = 64

/** The bytes of a file, read in chunks as they are asked for. It is open only while one is read. */
export type FileBytes = {
  path: string
  size: number
  /** As many bytes from a place as there are. */
  slice: (at: number, length: number) => Buffer
}

export function openFileBytes(path: string): FileBytes {
  const { size } = statSync(path)
  const chunks = new Map<number, Buffer>()
  const chunk = (index: number): Buffer => {
    const known = chunks.get(index)
    if (known) return known
    if (chunks.size >= mostChunks) for (const oldest of chunks.keys()) if (chunks.delete(oldest)) break
    const read = readFully(path, index * chunkBytes, Math.min(chunkBytes, size - index * chunkBytes))
    chunks.set(index, read)
    return read
  }
  return {
    path,
    size,
    slice: (at, length) => {
      const from = Math.min(Math.max(at, 0), size)
      const to = Math.min(Math.max(at + length, from), size)
      if (to === from) return Buffer.alloc(0)
      const [first, last] = [Math.floor(from / chunkBytes), Math.floor((to - 1) / chunkBytes)]
      if (first === last) return chunk(first).subarray(from - first * chunkBytes, to - first * chunkBytes)
      return readFully(path, from, to - from)
    },
  }
}

/** Fewer bytes than were asked for where the file ends. */
export function readFully(path: string, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  return bytes.subarray(0, readInto(bytes, path, at))
}

/**
 * Fills bytes with those of a file from a place on.
 * @returns how many there are, fewer where the file ends
 */
export function readInto(bytes: Buffer, path: string, at: number): number {
  const file = openSync(path, 'r')
  try {
    let done = 0
    while (done < bytes.length) {
      const read = readSync(file, bytes, done, bytes.length - done, at + done)
      if (read === 0) break
      done += read
    }
    return done
  } finally {
    closeSync(file)
  }
}
