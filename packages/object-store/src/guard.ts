import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { ObjectStoreError, type PutOptions, type Source } from './port.ts'

export const usualStallMs = 30_000

/** A source under watch: what passes through is counted and hashed. */
export type Guarded = {
  chunks: AsyncGenerator<Uint8Array>
  /** After the last chunk. */
  size: () => number
  sha256: () => string
  /** Ends the source, for a reader that will not come to its end. */
  end: () => void
}

type Watched = Pick<PutOptions, 'size' | 'maxBytes' | 'stallMs' | 'signal'>
type Chunks = AsyncIterator<Uint8Array> | Iterator<Uint8Array>

/**
 * Passes a source on, and ends it when it stalls, is aborted, or gives more or less than was announced.
 * The source is destroyed then, so that nothing behind it waits for good.
 */
export function guard(key: string, source: Source, options: Watched): Guarded {
  const hash = createHash('sha256')
  let size = 0
  let digest: string | undefined
  let ended = false
  const iterator: Chunks =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  // The stream may fail before anyone reads it; the iterator tells of it then.
  if (source instanceof Readable) source.on('error', () => {})

  const end = () => {
    if (ended) return
    ended = true
    endSource(source, iterator)
  }
  const count = (chunk: Uint8Array) => {
    size += chunk.length
    const { maxBytes, size: announced } = options
    if (maxBytes !== undefined && size > maxBytes) {
      throw new ObjectStoreError('too_large', key, `the file is larger than ${maxBytes} bytes`)
    }
    if (announced !== undefined && size > announced) throw mismatch(key, announced, size)
    hash.update(chunk)
  }
  async function* pass(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const next = await nextOf(key, iterator, options)
        if (next.done) break
        count(next.value)
        yield next.value
      }
      if (options.size !== undefined && size !== options.size) throw mismatch(key, options.size, size)
      ended = true
    } finally {
      end()
    }
  }
  return { chunks: pass(), size: () => size, sha256: () => (digest ??= hash.digest('hex')), end }
}

const mismatch = (key: string, announced: number, got: number) =>
  new ObjectStoreError('size_mismatch', key, `${announced} bytes were announced, but ${got} came`)

/** @throws ObjectStoreError aborted */
export function throwIfAborted(key: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(key, signal)
}

const aborted = (key: string, signal: AbortSignal) =>
  new ObjectStoreError('aborted', key, 'the transfer was aborted', { cause: signal.reason })

/** A watched source as a stream, which ends with the signal also while nobody reads it. */
export function streamOf(key: string, { chunks }: Guarded, signal: AbortSignal | undefined): Readable {
  const stream = Readable.from(chunks, { objectMode: false })
  if (!signal) return stream
  const onAbort = () => stream.destroy(aborted(key, signal))
  signal.addEventListener('abort', onAbort, { once: true })
  return stream.once('close', () => signal.removeEventListener('abort', onAbort))
}

/** The next chunk, or the error that comes first: a stall, an abort, or the source's own. */
async function nextOf(
  key: string,
  iterator: Chunks,
  { stallMs = usualStallMs, signal }: Watched,
): Promise<IteratorResult<Uint8Array>> {
  throwIfAborted(key, signal)
  let timer: NodeJS.Timeout | undefined
  let onAbort: (() => void) | undefined
  const interruption = new Promise<never>((_, reject) => {
    const stalled = () =>
      reject(new ObjectStoreError('stalled', key, `the source gave nothing for ${stallMs / 1000} s`))
    timer = setTimeout(stalled, stallMs)
    if (!signal) return
    onAbort = () => reject(aborted(key, signal))
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([iterator.next(), interruption])
  } catch (error) {
    if (error instanceof ObjectStoreError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new ObjectStoreError('aborted', key, `the source failed: ${why}`, { cause: error })
  } finally {
    clearTimeout(timer)
    if (onAbort) signal?.removeEventListener('abort', onAbort)
  }
}

/** A source that nobody reads any more must not hold its connection or file. */
function endSource(source: Source, iterator: Chunks): void {
  if (source instanceof Readable) source.destroy()
  // A generator that waits for something is ended when that has come; nobody waits for it here.
  else Promise.resolve(iterator.return?.()).catch(() => {})
}
