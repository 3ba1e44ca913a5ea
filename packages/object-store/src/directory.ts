import { createReadStream } from 'node:fs'
import { mkdir, unlink } from 'node:fs/promises'
import path from 'node:path'
import { errorOf, told } from './directory-format.ts'
import { directoryRead } from './directory-read.ts'
import { openTemporaryFolder, type TemporaryFolder } from './directory-temporary.ts'
import { listTree, removeEmptyFolders, removeTree } from './directory-tree.ts'
import { publish, writeObject } from './directory-write.ts'
import { guard, throwIfAborted } from './guard.ts'
import { assertDeletable, assertKey, assertPrefix } from './key.ts'
import type { ObjectStore } from './port.ts'
import { probeStore } from './probe.ts'

export type DirectoryOptions = {
  folder: string
  /**
   * Flush each file and its folder to the disk before it counts as stored: a power cut then loses nothing. A killed
   * process never does. On by default.
   */
  durable?: boolean | undefined
  /** A source or a reader that does nothing for so long is given up; 30,000 by default. */
  stallMs?: number | undefined
}

/** Temporary files are written to all the time; one that was not for so long has no writer any more. */
const abandonedMs = 2 * 60 * 60 * 1000

/**
 * A store in a plain directory, which several processes of one host may share. An object is written to a temporary file
 * and published by one hard link, which fails where the key exists.
 */
export async function openDirectoryStore({
  folder,
  durable = true,
  stallMs,
}: DirectoryOptions): Promise<ObjectStore> {
  const root = path.join(folder, 'objects')
  const temporaryFolder = path.join(folder, 'tmp')
  await Promise.all([temporaryFolder, root].map((each) => mkdir(each, { recursive: true, mode: 0o700 })))
  const temporary = await openTemporaryFolder(temporaryFolder)
  await temporary.sweep(abandonedMs)
  const pathOf = (key: string) => {
    assertKey(key)
    return path.join(root, key)
  }
  const { get, getFile, stat } = directoryRead(pathOf, stallMs)
  const put = putInto(temporary, pathOf, { durable, stallMs })
  const remove: ObjectStore['remove'] = async (key) => {
    await unlink(pathOf(key)).catch((error: unknown) => {
      if (errorOf(error, key).kind !== 'missing') throw errorOf(error, key)
    })
    await removeEmptyFolders(root, key)
  }
  return {
    put,
    putFile: (key, from, options) => put(key, createReadStream(from, { highWaterMark: 1 << 20 }), options),
    get,
    getFile,
    stat,
    copy: async (from, to) => {
      const target = pathOf(to)
      const object = await stat(from)
      await publish(to, pathOf(from), target, durable)
      return { ...object, key: to }
    },
    remove,
    removePrefix: async (prefix) => {
      assertDeletable(prefix)
      return removeTree(root, prefix)
    },
    list: (prefix) => {
      assertPrefix(prefix)
      return listTree(root, prefix)
    },
    probe: () => probeStore({ put, get, remove }),
    abortUploads: async () => {},
    sweepTemporary: (olderThanMs) => told('tmp', temporary.sweep(olderThanMs)),
    close: async () => {},
  }
}

function putInto(
  temporary: TemporaryFolder,
  pathOf: (key: string) => string,
  { durable, stallMs }: { durable: boolean; stallMs: number | undefined },
): ObjectStore['put'] {
  return async (key, source, { before, contentType, name, ...limits }) => {
    // It is awaited later; a failure until then is no unhandled one.
    before?.catch(() => {})
    const guarded = guard(key, source, { stallMs, ...limits })
    const file = temporary.newFile()
    try {
      const to = pathOf(key)
      const object = await told(key, writeObject(file, guarded, { key, contentType, name }, durable))
      await before
      throwIfAborted(key, limits.signal)
      await publish(key, file, to, durable)
      return object
    } finally {
      guarded.end()
      await unlink(file).catch(() => {})
    }
  }
}
