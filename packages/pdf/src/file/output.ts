import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { readInto } from './file-bytes.ts'
import type { FileSlice } from '../objects/pdf-objects.ts'

/** Bytes that are gathered before they are written, and read at once of what is copied. */
const atOnce = 256 * 1024

export type Output = {
  /** Bytes so far. */
  size: () => number
  append: (...parts: readonly Uint8Array[]) => Promise<void>
  /** Copies a part of another file. */
  copy: (slice: FileSlice) => Promise<void>
  /** The first 16 bytes of the SHA-256 of what is there so far, in hexadecimal. */
  digest: () => string
  end: () => Promise<number>
  close: () => Promise<void>
}

/** A short document is written at its end in one go: other threads would take longer to hear of it. */
export function openOutput(path: string): Output {
  let handle: FileHandle | undefined
  let piece: Buffer | undefined
  const hash = createHash('sha256')
  let [size, waiting, waitingBytes]: [number, Uint8Array[], number] = [0, [], 0]
  const taken = () => {
    const bytes = Buffer.concat(waiting)
    ;[waiting, waitingBytes] = [[], 0]
    return bytes
  }
  const flush = async () => {
    handle ??= await open(path, 'w')
    await handle.appendFile(taken())
  }
  const append = async (...parts: readonly Uint8Array[]) => {
    for (const part of parts) {
      hash.update(part)
      size += part.length
      waitingBytes += part.length
      waiting.push(part)
    }
    if (waitingBytes > atOnce) await flush()
  }
  // One piece of memory for all of it: what is read anew each time is only given back when memory runs short.
  const copyLong = async (slice: FileSlice) => {
    piece ??= Buffer.allocUnsafe(atOnce)
    await flush()
    for (let done = 0; done < slice.length;) {
      const bytes = filled(piece.subarray(0, Math.min(atOnce, slice.length - done)), slice, done)
      hash.update(bytes)
      await handle?.appendFile(bytes)
      done += bytes.length
      size += bytes.length
    }
  }
  return {
    size: () => size,
    append,
    copy: async (slice) => {
      if (slice.length <= atOnce) await append(filled(Buffer.allocUnsafe(slice.length), slice, 0))
      else await copyLong(slice)
    },
    digest: () => hash.copy().digest('hex').slice(0, 32),
    end: async () => {
      if (handle) await flush()
      else writeFileSync(path, taken())
      return size
    },
    close: async () => handle?.close(),
  }
}

/** Bytes filled with those of a slice, `done` bytes behind its start. */
function filled(bytes: Buffer, { path, at }: FileSlice, done: number): Buffer {
  if (readInto(bytes, path, at + done) < bytes.length)
    throw new Error(`${path} ends before the stream at ${at} does`)
  return bytes
}

/** Writes a stream with the text of its dictionary, a character for each byte. */
export async function writeStream(
  output: Output,
  number: number,
  dictionary: string,
  data: Uint8Array | FileSlice,
): Promise<void> {
  await output.append(Buffer.from(`${number} 0 obj\n${dictionary}\nstream\n`, 'latin1'))
  if ('path' in data) await output.copy(data)
  else await output.append(data)
  await output.append(Buffer.from('\nendstream\nendobj\n'))
}
