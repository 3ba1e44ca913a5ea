import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type Guarded, guard, streamOf, throwIfAborted } from './guard.ts'
import { assertKey } from './key.ts'
import { type ObjectStore, ObjectStoreError, type StoredObject } from './port.ts'
import type { S3Connection, S3Request } from './s3-connection.ts'
import { S3Refusal, s3ErrorOf } from './s3-errors.ts'
import { type Described, headersOf, writeOf } from './s3-metadata.ts'
import { partsOf, putParts, taken, type UploadHooks } from './s3-multipart.ts'
import { describeObject, headOf, removeObject } from './s3-objects.ts'

/** The most that S3 takes in one PUT or one copy. */
export const largestObject = 5 * 2 ** 30

const readBytes = 1 << 20

type Settings = {
  /** Longer sources of unknown length are sent in parts of this size; each upload under way holds one in memory. */
  partBytes: number
  stallMs: number | undefined
  /** Awaited before the first write. */
  ensureBucket: () => Promise<void>
}

/** The two ways into an S3 store. */
export function s3Upload(connection: S3Connection, settings: Settings): Pick<ObjectStore, 'put' | 'putFile'> {
  const { stallMs, ensureBucket } = settings
  const put: ObjectStore['put'] = async (
    key,
    source,
    { contentType, name, before, onMultipart, ...limits },
  ) => {
    // It is awaited later; a failure until then is no unhandled one.
    before?.catch(() => {})
    const maxBytes = Math.min(limits.maxBytes ?? largestObject, largestObject)
    const guarded = guard(key, source, { stallMs, ...limits, maxBytes })
    const described = { contentType, name, write: randomUUID() }
    try {
      assertKey(key)
      await ensureBucket()
      await putGuarded(connection, key, guarded, described, settings.partBytes, { before, onMultipart })
      return await kept(connection, key, guarded, described, limits.signal)
    } finally {
      guarded.end()
    }
  }
  const putFile: ObjectStore['putFile'] = async (key, path, { contentType, name, signal }) => {
    assertKey(key)
    await ensureBucket()
    const { size, sha256 } = await hashFile(key, path, signal)
    const source = createReadStream(path, { highWaterMark: readBytes })
    const guarded = guard(key, source, { stallMs, size, signal })
    const described = { contentType, name, write: randomUUID(), sha256 }
    try {
      const stream = streamOf(key, guarded, signal)
      await putWhole(connection, key, { stream, size, sha256 }, described)
      return await kept(connection, key, guarded, described, signal)
    } finally {
      guarded.end()
    }
  }
  return { put, putFile }
}

/** What fits into one part is sent at once, with its SHA-256; the rest in parts, and the SHA-256 after them. */
async function putGuarded(
  connection: S3Connection,
  key: string,
  { chunks, sha256 }: Guarded,
  described: Described,
  partBytes: number,
  hooks: UploadHooks,
): Promise<void> {
  const parts = partsOf(chunks, partBytes)
  const { value: first = Buffer.alloc(0) } = await parts.next()
  if (first.length < partBytes) {
    await hooks.before
    return putWhole(connection, key, first, { ...described, sha256: sha256() })
  }
  const all = async function* () {
    yield first
    yield* parts
  }
  const etag = await putParts(connection, key, all(), described, hooks)
  await describeObject(connection, key, { ...described, sha256: sha256() }, etag)
}

/** One PUT, which the store refuses where the key exists. */
async function putWhole(
  connection: S3Connection,
  key: string,
  body: NonNullable<S3Request['body']>,
  described: Described,
): Promise<void> {
  const headers = { ...headersOf(described), 'if-none-match': '*' }
  try {
    await connection.call({ method: 'PUT', key, headers, body })
  } catch (error) {
    // When the answer was lost, or a second try met the first, the object is there and ours.
    const there = await headOf(connection, key).catch(() => undefined)
    if (there && writeOf(there) === described.write) return
    // Some stores end the connection on a large body that they refuse: what is there says why.
    if (there && !(error instanceof S3Refusal)) throw taken(key)
    throw s3ErrorOf(error, key)
  }
}

/** The object as stored, unless the caller has given it up in the meantime. */
async function kept(
  connection: S3Connection,
  key: string,
  { size, sha256 }: Guarded,
  { contentType, name, sha256: announced }: Described,
  signal: AbortSignal | undefined,
): Promise<StoredObject> {
  const object = { key, size: size(), sha256: sha256(), contentType, name }
  try {
    throwIfAborted(key, signal)
    if (announced !== undefined && announced !== object.sha256)
      throw new ObjectStoreError('corrupt', key, 'the file changed while it was stored')
    return object
  } catch (error) {
    await removeObject(connection, key).catch(() => {})
    throw error
  }
}

async function hashFile(
  key: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ size: number; sha256: string }> {
  const source = createReadStream(path, { highWaterMark: readBytes })
  const guarded = guard(key, source, { signal, maxBytes: largestObject })
  for await (const _ of guarded.chunks);
  return { size: guarded.size(), sha256: guarded.sha256() }
}
