import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { readFully } from './file-bytes.ts'
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
  return {
    size: () => size,
    append,
    copy: async ({ path, at, length }) => {
      for (let done = 0; done < length;) {
        const wanted = Math.min(atOnce, length - done)
        const bytes = readFully(path, at + done, wanted)
        if (bytes.length === 0) throw new Error(`${path} ends before the stream at ${at} does`)
        await append(bytes)
        done += bytes.length
      }
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
