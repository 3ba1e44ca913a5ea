import { type Readable, Transform } from 'node:stream'
import { ObjectStoreError } from './port.ts'
import { usualStallMs } from './guard.ts'

/**
 * Ends a stream whose reader has stopped reading, and with it what is behind the stream: an open file or a connection.
 * (An S3 server would cut it too, and hold up every write and delete of that key until then.)
 */
export function boundReader(key: string, source: Readable, stallMs = usualStallMs): Readable {
  let timer: NodeJS.Timeout | undefined
  const watched = new Transform({
    transform(chunk, _encoding, done) {
      clearTimeout(timer)
      timer = setTimeout(giveUp, stallMs)
      done(null, chunk)
    },
    flush(done) {
      clearTimeout(timer)
      done()
    },
    destroy(error, done) {
      clearTimeout(timer)
      source.destroy()
      done(error)
    },
  })
  const giveUp = () =>
    watched.destroy(new ObjectStoreError('stalled', key, `the reader took nothing for ${stallMs / 1000} s`))
  timer = setTimeout(giveUp, stallMs)
  source.once('error', (error) => watched.destroy(error))
  return source.pipe(watched)
}
