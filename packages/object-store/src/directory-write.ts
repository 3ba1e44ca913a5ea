import { type FileHandle, link, mkdir, open, unlink } from 'node:fs/promises'
import path from 'node:path'
import { errorOf, trailerOf } from './directory-format.ts'
import type { Guarded } from './guard.ts'
import { ObjectStoreError, type StoredObject } from './port.ts'

const batchBytes = 1 << 20
const batchChunks = 256
const publishTries = 20

/** Writes an object and its description to a new file: one pass, no copies, one system call for each MiB. */
export async function writeObject(
  path: string,
  { chunks, size, sha256 }: Guarded,
  { key, contentType, name }: Pick<StoredObject, 'key' | 'contentType' | 'name'>,
  durable: boolean,
): Promise<StoredObject> {
  const file = await open(path, 'wx', 0o600)
  try {
    let batch: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of chunks) {
      batch.push(chunk)
      bytes += chunk.length
      if (bytes < batchBytes && batch.length < batchChunks) continue
      await writeAll(file, batch, bytes)
      batch = []
      bytes = 0
    }
    const object = { key, size: size(), sha256: sha256(), contentType, name }
    const trailer = trailerOf(object)
    await writeAll(file, [...batch, trailer], bytes + trailer.length)
    if (durable) await file.datasync()
    return object
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, chunks: Uint8Array[], bytes: number): Promise<void> {
  let { bytesWritten } = await file.writev(chunks)
  if (bytesWritten === bytes) return
  // A nearly full disk takes a part; writing on tells why.
  const whole = Buffer.concat(chunks)
  while (bytesWritten < bytes) bytesWritten += (await file.write(whole, bytesWritten)).bytesWritten
}

/**
 * Makes a written file visible under its key, by one hard link that fails where the key exists.
 * @throws ObjectStoreError exists
 */
export async function publish(key: string, from: string, to: string, durable: boolean): Promise<void> {
  const made = await linkInNewFolder(key, from, to)
  if (!durable) return
  try {
    await syncFolders(path.dirname(to), made)
  } catch (cause) {
    const error = errorOf(cause, key)
    // Deleted by another call, and its folder with it.
    if (error.kind === 'missing') return
    await unlink(to).catch(() => {})
    throw error
  }
}

/** @returns the topmost folder that was made on the way, if any */
async function linkInNewFolder(key: string, from: string, to: string): Promise<string | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      const made = await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
      await link(from, to)
      return made
    } catch (cause) {
      const error = linkErrorOf(cause, key)
      // A delete next door may have removed the still empty folder again; Node then fails in several ways.
      const mayPass = error.kind === 'missing' || error.kind === 'invalid_key'
      if (!mayPass || tries === publishTries) throw error
    }
  }
}

function linkErrorOf(cause: unknown, key: string): ObjectStoreError {
  const failed = cause instanceof Error && 'syscall' in cause && 'code' in cause ? cause : undefined
  const isObject = failed?.syscall === 'mkdir' && (failed.code === 'EEXIST' || failed.code === 'ENOTDIR')
  if (!isObject) return errorOf(cause, key)
  return new ObjectStoreError('invalid_key', key, 'a part of the key is itself an object', { cause })
}

/**
 * Flushes the folder of the new link, and the folders above it up to the one in which the topmost new folder was made.
 * All at once: a journalling file system then writes them with one commit instead of one for each.
 */
async function syncFolders(folder: string, topmostMade: string | undefined): Promise<void> {
  const last = topmostMade === undefined ? folder : path.dirname(topmostMade)
  const folders = [folder]
  for (let each = folder; each !== last; each = path.dirname(each)) folders.push(path.dirname(each))
  await Promise.all(folders.map(syncFolder))
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
