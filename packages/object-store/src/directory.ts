import { randomUUID } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, type FileHandle, link, mkdir, open, rm, unlink } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { directoryTree } from './directory-tree.ts'
import { errorOf, openObject, trailerOf } from './directory-format.ts'
import { guard } from './guard.ts'
import { assertKey, assertPrefix } from './key.ts'
import {
  type ObjectStore,
  ObjectStoreError,
  type PutOptions,
  type Source,
  type StoredObject,
} from './port.ts'
import { boundReader } from './reader.ts'
import { writeChecked } from './write-checked.ts'

export type DirectoryOptions = {
  folder: string
  /** Flush each file to the disk before it counts as stored: a power cut then loses nothing. A killed process never does. */
  durable: boolean
  stallMs?: number
}

/**
 * A store in a plain directory, which several processes of one host may share. An object is written to a temporary file
 * and published by one hard link, which fails where the key exists.
 */
export async function openDirectoryStore({
  folder,
  durable,
  stallMs,
}: DirectoryOptions): Promise<ObjectStore> {
  const temporary = path.join(folder, 'tmp')
  const root = path.join(folder, 'objects')
  await Promise.all([temporary, root].map((each) => mkdir(each, { recursive: true, mode: 0o700 })))
  const tree = directoryTree(root, temporary)
  await tree.sweepTemporary(new Date())
  const pathOf = (key: string) => {
    assertKey(key)
    return path.join(root, key)
  }
  const newFile = () => path.join(temporary, `${process.pid}-${randomUUID()}`)

  const publish = async (key: string, from: string) => {
    const to = pathOf(key)
    for (let tries = 0; ; tries++) {
      const error = await link(from, to).then(
        () => undefined,
        (error: unknown) => errorOf(error, key),
      )
      if (!error) break
      // The folder is made when it is needed, and made again when a delete next door has just removed it.
      if (error.kind !== 'missing' || tries > 5) throw error
      await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
    }
    if (durable) await syncFolder(path.dirname(to))
  }
  const put: ObjectStore['put'] = async (key, source, { before, onMultipart: _, ...options }) => {
    assertKey(key)
    const file = newFile()
    try {
      const object = await writeObject(key, file, source, { stallMs, ...options }, durable)
      await before
      await publish(key, file)
      return object
    } catch (error) {
      throw errorOf(error, key)
    } finally {
      await rm(file, { force: true })
    }
  }
  const store: ObjectStore = {
    put,
    putFile: (key, from, options) => put(key, createReadStream(from, { highWaterMark: 1 << 20 }), options),
    get: async (key, { range, signal } = {}) => {
      const { file, object } = await openObject(key, pathOf(key))
      const { start, end } = range ?? { start: 0, end: object.size - 1 }
      if (range && (start > end || start >= object.size)) {
        await file.close()
        throw new ObjectStoreError('invalid_range', key, `the object has ${object.size} bytes`)
      }
      if (object.size === 0) {
        await file.close()
        return { object, stream: Readable.from([]) }
      }
      const source = file.createReadStream({
        start,
        end: Math.min(end, object.size - 1),
        ...(signal ? { signal } : {}),
      })
      return { object, stream: boundReader(key, source, stallMs) }
    },
    getFile: async (key, to, { signal } = {}) => {
      const { file, object } = await openObject(key, pathOf(key))
      const chunks =
        object.size === 0
          ? Readable.from([])
          : file.createReadStream({ end: object.size - 1, highWaterMark: 1 << 20 })
      await writeChecked(object, chunks, to, signal).finally(() => file.close().catch(() => {}))
      return object
    },
    stat: async (key) => {
      const { file, object } = await openObject(key, pathOf(key))
      await file.close()
      return object
    },
    copy: async (from, to) => {
      const object = await store.stat(from)
      const file = newFile()
      try {
        await link(pathOf(from), file).catch(() => copyFile(pathOf(from), file, constants.COPYFILE_FICLONE))
        await publish(to, file)
      } catch (error) {
        throw errorOf(error, to)
      } finally {
        await rm(file, { force: true })
      }
      return { ...object, key: to }
    },
    remove: async (key) => {
      await unlink(pathOf(key)).catch((error: unknown) => {
        if (errorOf(error, key).kind !== 'missing') throw errorOf(error, key)
      })
      await tree.removeEmptyFolders(key)
    },
    removePrefix: (prefix) => {
      assertPrefix(prefix)
      return tree.removePrefix(prefix)
    },
    list: (prefix) => {
      assertPrefix(prefix)
      return tree.list(prefix)
    },
    probe: async () => {
      const key = `probe/${randomUUID()}`
      await put(key, [Buffer.from('probe')], { contentType: 'text/plain', name: 'probe' })
      await store.stat(key)
      await store.remove(key)
    },
    abortUploads: async () => {},
    close: async () => {},
  }
  return store
}

async function writeObject(
  key: string,
  path: string,
  source: Source,
  options: PutOptions,
  durable: boolean,
): Promise<StoredObject> {
  const file = await open(path, 'wx', 0o600)
  try {
    const guarded = guard(key, source, options)
    for await (const chunk of guarded.chunks) await writeAll(file, chunk)
    const { contentType, name } = options
    const object = { key, size: guarded.size(), sha256: guarded.sha256(), contentType, name }
    await writeAll(file, trailerOf(object))
    if (durable) await file.datasync()
    return object
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    written += (await file.write(chunk, written)).bytesWritten
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
