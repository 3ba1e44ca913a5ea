import { createHash } from 'node:crypto'
import { ObjectStoreError, type PutOptions, type Source } from './port.ts'

export const usualStallMs = 30_000

/** A source under watch: what passes through is counted and hashed. */
export type Guarded = {
  chunks: AsyncGenerator<Uint8Array>
  /** After the last chunk. */
  size: () => number
  sha256: () => string
}

/**
 * Passes a source on, and ends it when it stalls, is aborted, or gives more or less than was announced.
 * The source is destroyed then, so that nothing behind it waits for good.
 */
export function guard(key: string, source: Source, options: PutOptions): Guarded {
  const hash = createHash('sha256')
  let size = 0
  let digest: string | undefined
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
    const iterator = iteratorOf(source)
    let whole = false
    try {
      for (;;) {
        const next = await nextOf(key, iterator, options)
        if (next.done) break
        count(next.value)
        yield next.value
      }
      if (options.size !== undefined && size !== options.size) throw mismatch(key, options.size, size)
      whole = true
    } finally {
      if (!whole) endSource(source)
    }
  }
  return { chunks: pass(), size: () => size, sha256: () => (digest ??= hash.digest('hex')) }
}

const mismatch = (key: string, announced: number, got: number) =>
  new ObjectStoreError('size_mismatch', key, `${announced} bytes were announced, but ${got} or more came`)

function iteratorOf(source: Source): AsyncIterator<Uint8Array> | Iterator<Uint8Array> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
}

/** The next chunk, or the error that comes first: a stall, an abort, or the source's own. */
async function nextOf(
  key: string,
  iterator: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
  { stallMs = usualStallMs, signal }: PutOptions,
): Promise<IteratorResult<Uint8Array>> {
  if (signal?.aborted)
    throw new ObjectStoreError('aborted', key, 'the upload was aborted', { cause: signal.reason })
  let timer: NodeJS.Timeout | undefined
  let onAbort: (() => void) | undefined
  const interruption = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ObjectStoreError('stalled', key, `the source gave nothing for ${stallMs / 1000} s`)),
      stallMs,
    )
    onAbort = () =>
      reject(new ObjectStoreError('aborted', key, 'the upload was aborted', { cause: signal?.reason }))
    signal?.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([iterator.next(), interruption])
  } catch (error) {
    if (error instanceof ObjectStoreError) throw error
    throw new ObjectStoreError('aborted', key, 'the source failed', { cause: error })
  } finally {
    clearTimeout(timer)
    if (onAbort) signal?.removeEventListener('abort', onAbort)
  }
}

/** A stream that nobody reads any more must not hold its connection or file. */
function endSource(source: Source): void {
  if ('destroy' in source && typeof source.destroy === 'function') source.destroy()
}
