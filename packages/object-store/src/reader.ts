import { type Readable, Transform } from 'node:stream'
import { usualStallMs } from './guard.ts'
import { ObjectStoreError } from './port.ts'

/**
 * Ends a stream whose reader has stopped reading, and with it what is behind the stream: an open file or a connection.
 * (An S3 server would cut it too, and hold up every write and delete of that key until then.)
 * @param errorOf turns an error of the source into one of the store's own
 */
export function boundReader(
  key: string,
  source: Readable,
  errorOf: (error: unknown, key: string) => ObjectStoreError,
  { stallMs = usualStallMs, signal }: { stallMs?: number | undefined; signal?: AbortSignal | undefined } = {},
): Readable {
  const watched = new Transform({
    transform(chunk, _encoding, done) {
      timer.refresh()
      done(null, chunk)
    },
    destroy(error, done) {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      source.destroy()
      done(error)
    },
  })
  // A reader that went away does not listen either; whoever reads on still gets the error.
  watched.on('error', () => {})
  const end = (kind: 'stalled' | 'aborted', why: string) =>
    watched.destroy(new ObjectStoreError(kind, key, why, { cause: signal?.reason }))
  const timer = setTimeout(end, stallMs, 'stalled', `nothing was read for ${stallMs / 1000} s`)
  const onAbort = () => end('aborted', 'the transfer was aborted')
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort, { once: true })
  source.once('error', (error) => watched.destroy(errorOf(error, key)))
  source.once('close', () => {
    // Once all has been handed over only memory is held, for as long as the reader likes.
    clearTimeout(timer)
    if (!source.readableEnded) watched.destroy(errorOf(new Error('the source closed too early'), key))
  })
  return source.pipe(watched)
}
