import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { FileSlice } from '../pdf-objects.ts'

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

export async function openOutput(path: string): Promise<Output> {
  const handle = await open(path, 'w')
  const sources = new Map<string, FileHandle>()
  const hash = createHash('sha256')
  let [size, waiting, waitingBytes]: [number, Uint8Array[], number] = [0, [], 0]
  const flush = async () => {
    const bytes = Buffer.concat(waiting)
    ;[waiting, waitingBytes] = [[], 0]
    await handle.appendFile(bytes)
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
  const sourceOf = async (path: string) => {
    const known = sources.get(path)
    if (known) return known
    // What was made anew has a file for each stream; they are not all to be open at once.
    for (const [other, source] of sources) {
      if (sources.size < 8) break
      sources.delete(other)
      await source.close()
    }
    const source = await open(path)
    sources.set(path, source)
    return source
  }
  return {
    size: () => size,
    append,
    copy: async ({ path, at, length }) => {
      const source = await sourceOf(path)
      for (let done = 0; done < length;) {
        const wanted = Math.min(atOnce, length - done)
        const { buffer, bytesRead } = await source.read(Buffer.allocUnsafe(wanted), 0, wanted, at + done)
        if (bytesRead === 0) throw new Error(`${path} ends before the stream at ${at} does`)
        await append(buffer.subarray(0, bytesRead))
        done += bytesRead
      }
    },
    digest: () => hash.copy().digest('hex').slice(0, 32),
    end: async () => {
      await flush()
      return size
    },
    close: async () => {
      for (const source of sources.values()) await source.close()
      await handle.close()
    },
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
