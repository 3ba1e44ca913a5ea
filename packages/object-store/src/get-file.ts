import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ObjectStoreError, type StoredObject } from './port.ts'

/**
 * Writes an object's bytes to a new file and checks them against its SHA-256. Nothing is left after a failure.
 * @throws ObjectStoreError corrupt, aborted
 */
export async function writeChecked(
  object: StoredObject,
  source: Readable,
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const hash = createHash('sha256')
  const hashed = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    const target = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    await pipeline(source, hashed, target, signal ? { signal } : {})
    if (hash.digest('hex') !== object.sha256) {
      throw new ObjectStoreError('corrupt', object.key, 'the stored bytes do not match their SHA-256')
    }
  } catch (error) {
    await rm(path, { force: true })
    if (signal?.aborted) throw signal.reason
    throw error
  }
}
