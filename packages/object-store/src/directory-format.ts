import { type FileHandle, open } from 'node:fs/promises'
import { z } from 'zod'
import { ObjectStoreError, type StoredObject } from './port.ts'

/**
 * One file holds an object and what is told of it, so that one link publishes both:
 * the bytes, then the description as JSON, then the length of that as four bytes, big-endian.
 */
const Description = z.object({
  size: z.number(),
  sha256: z.string(),
  contentType: z.string(),
  name: z.string(),
})

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
 * @throws ObjectStoreError missing, corrupt
 */
export async function openObject(
  key: string,
  path: string,
): Promise<{ file: FileHandle; object: StoredObject }> {
  const file = await open(path).catch((error: unknown) => {
    throw errorOf(error, key)
  })
  try {
    return { file, object: { key, ...(await readTrailer(file)) } }
  } catch (cause) {
    await file.close()
    throw new ObjectStoreError('corrupt', key, 'the stored file has no readable trailer', { cause })
  }
}

async function readTrailer(file: FileHandle): Promise<Omit<StoredObject, 'key'>> {
  const { size } = await file.stat()
  // One read is enough for nearly every description.
  const tail = Buffer.alloc(Math.min(size, 1024))
  await file.read(tail, 0, tail.length, size - tail.length)
  const length = tail.readUInt32BE(tail.length - lengthBytes)
  let description = tail.subarray(Math.max(0, tail.length - lengthBytes - length), tail.length - lengthBytes)
  if (description.length < length) {
    description = Buffer.alloc(length)
    await file.read(description, 0, length, size - lengthBytes - length)
  }
  const parsed = Description.parse(JSON.parse(description.toString()))
  if (parsed.size + length + lengthBytes !== size) throw new Error('the size does not fit')
  return parsed
}

const kinds: Record<string, ObjectStoreError['kind']> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EEXIST: 'exists',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  EISDIR: 'invalid_key',
}

/** An error of the file system as one of the store's own. */
export function errorOf(error: unknown, key: string): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  return new ObjectStoreError(kinds[code] ?? 'unavailable', key, message, { cause: error })
}
