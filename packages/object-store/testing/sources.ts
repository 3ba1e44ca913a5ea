import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'

export const MiB = 1 << 20

/** Bytes that differ everywhere, and from one seed to the next. */
export function bytes(size: number, seed = 1): Buffer {
  const block = createHash('shake256', { outputLength: Math.min(size, 64 * 1024) || 1 })
    .update(String(seed))
    .digest()
  const all = Buffer.alloc(size, block)
  for (let at = 0; at + 4 <= size; at += block.length) all.writeUInt32LE(at, at)
  return all
}

export function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

/** A stream of unknown length in chunks of an odd size. */
export function streamOf(data: Buffer, chunkBytes = 65_521): Readable {
  return Readable.from(chunksOf(data, chunkBytes), { objectMode: false })
}

function* chunksOf(data: Buffer, chunkBytes: number): Generator<Buffer> {
  for (let at = 0; at < data.length; at += chunkBytes) yield data.subarray(at, at + chunkBytes)
}

/** A stream that gives these bytes, then does as told, and never ends of itself. */
export function streamThat(data: Buffer, then: (stream: Readable) => void): Readable {
  const chunks = chunksOf(data, 65_521)
  const stream = new Readable({
    read() {
      const next = chunks.next()
      if (next.done) then(stream)
      else stream.push(next.value)
    },
  })
  return stream
}

export async function contentOf(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray())
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}
