import { type FileHandle, open } from 'node:fs/promises'
import { ObjectStoreError, StoredObject } from './port.ts'

/**
 * One file holds an object and what is told of it, so that one link publishes both:
 * the bytes, then the description as JSON, then the length of that as four bytes, big-endian.
 */
const Description = StoredObject.omit({ key: true })

const lengthBytes = 4

/** What stands behind the bytes of an object. */
export function trailerOf({ size, sha256, contentType, name }: Omit<StoredObject, 'key'>): Buffer {
  const description = Buffer.from(JSON.stringify({ size, sha256, contentType, name }))
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(description.length)
  return Buffer.concat([description, length])
}

/**
 * Opens an object's file and reads its trailer.
 * @returns also when the file was last linked: a copy is a link, and keeps the time at which its bytes were written
 * @throws ObjectStoreError missing, corrupt
 */
export async function openObject(
  key: string,
  path: string,
): Promise<{ file: FileHandle; object: StoredObject; changedAt: Date }> {
  const file = await told(key, open(path))
  try {
    const { size, ctime } = await file.stat()
    return { file, object: { key, ...(await readTrailer(file, size)) }, changedAt: ctime }
  } catch (cause) {
    await file.close()
    if (cause instanceof Error && 'syscall' in cause) throw errorOf(cause, key)
    throw new ObjectStoreError('corrupt', key, 'the stored file has no readable trailer', { cause })
  }
}

async function readTrailer(file: FileHandle, size: number): Promise<Omit<StoredObject, 'key'>> {
  // One read is enough for nearly every description.
  const tail = Buffer.alloc(Math.min(size, 1024))
  await file.read(tail, 0, tail.length, size - tail.length)
  const length = tail.readUInt32BE(tail.length - lengthBytes)
  if (length + lengthBytes > size) throw new Error('the trailer is longer than the file')
  let description = tail.subarray(Math.max(0, tail.length - lengthBytes - length), tail.length - lengthBytes)
  if (description.length < length) {
    description = Buffer.alloc(length)
    await file.read(description, 0, length, size - lengthBytes - length)
  }
  const parsed = Description.parse(JSON.parse(description.toString()))
  if (parsed.size + length + lengthBytes !== size) throw new Error('the size does not fit')
  return parsed
}

/** Paths of this machine stay in the cause; the message may reach a client. */
const failures: Record<string, [kind: ObjectStoreError['kind'], why: string]> = {
  ENOENT: ['missing', 'there is no such object'],
  // The key is a prefix of other keys.
  EISDIR: ['missing', 'there is no such object'],
  ENOTDIR: ['missing', 'there is no such object'],
  EEXIST: ['exists', 'the key is taken'],
  ENOSPC: ['full', 'the disk of the object store is full'],
  EDQUOT: ['full', 'the disk quota of the object store is used up'],
  EACCES: ['denied', 'the object store may not touch its folder'],
  EPERM: ['denied', 'the object store may not touch its folder'],
  EROFS: ['denied', 'the disk of the object store is read-only'],
}

/** An error of the file system as one of the store's own. */
export function errorOf(error: unknown, key: string): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  const [kind, why] = failures[code] ?? ['unavailable', `the disk of the object store failed: ${code}`]
  return new ObjectStoreError(kind, key, why, { cause: error })
}

/** Work on the file system whose failures are told as the store's own. */
export async function told<T>(key: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw errorOf(error, key)
  }
}
