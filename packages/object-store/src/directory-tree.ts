import { opendir, rm, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { errorOf, openObject, told } from './directory-format.ts'
import type { ListedObject } from './port.ts'

/** The objects under a prefix; only the folders below it are read. */
export async function* listTree(root: string, prefix: string): AsyncGenerator<ListedObject> {
  for await (const key of keysUnder(root, prefix)) {
    const file = path.join(root, key)
    const found = await stat(file).catch(() => undefined)
    // Deleted while the list was read.
    if (!found) continue
    yield {
      key,
      size: await sizeOf(key, file, found.size),
      // A copy is a link and keeps the time of its bytes; the time of the last link is what counts here.
      storedAt: found.ctime,
    }
  }
}

/** What cannot be read any more can still be listed, and so deleted. */
async function sizeOf(key: string, path: string, fileSize: number): Promise<number> {
  const opened = await openObject(key, path).catch(() => undefined)
  await opened?.file.close()
  return opened?.object.size ?? fileSize
}

async function* keysUnder(root: string, prefix: string): AsyncGenerator<string> {
  const folder = await opendir(path.join(root, prefix)).catch((error: unknown) => {
    if (errorOf(error, prefix).kind === 'missing') return undefined
    throw errorOf(error, prefix)
  })
  if (!folder) return
  for await (const entry of folder) {
    const key = `${prefix}${entry.name}`
    if (entry.isDirectory()) yield* keysUnder(root, `${key}/`)
    else yield key
  }
}

/** Deletes the folder of a prefix, and the folders above it that are empty then. */
export async function removeTree(root: string, prefix: string): Promise<{ objects: number; bytes: number }> {
  let objects = 0
  let bytes = 0
  for await (const { size } of listTree(root, prefix)) {
    objects++
    bytes += size
  }
  await told(prefix, rm(path.join(root, prefix), { recursive: true, force: true, maxRetries: 3 }))
  await removeEmptyFolders(root, prefix.slice(0, -1))
  return { objects, bytes }
}

/** Removes the folders above a key for as long as they are empty. */
export async function removeEmptyFolders(root: string, key: string): Promise<void> {
  for (let folder = path.dirname(key); folder !== '.'; folder = path.dirname(folder)) {
    const removed = await rmdir(path.join(root, folder)).then(
      () => true,
      () => false,
    )
    if (!removed) return
  }
}
