import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { errorOf, openObject, told } from './directory-format.ts'
import type { ListedObject } from './port.ts'

/** The objects under a prefix; only the folders below it are read. */
export async function* listTree(root: string, prefix: string): AsyncGenerator<ListedObject> {
  for await (const key of keysUnder(root, prefix)) {
    const found = await lookAt(key, path.join(root, key))
    if (found) yield found
  }
}

/** What cannot be read any more can still be listed, and so deleted. Undefined for what was deleted in the meantime. */
async function lookAt(key: string, path: string): Promise<ListedObject | undefined> {
  try {
    const { file, object, changedAt } = await openObject(key, path)
    await file.close()
    return { key, size: object.size, storedAt: changedAt }
  } catch (error) {
    const { kind } = errorOf(error, key)
    if (kind === 'missing') return undefined
    if (kind !== 'corrupt') throw error
    const found = await stat(path).catch(() => undefined)
    return found && { key, size: found.size, storedAt: found.ctime }
  }
}

async function* keysUnder(root: string, prefix: string): AsyncGenerator<string> {
  const entries = await readdir(path.join(root, prefix), { withFileTypes: true }).catch((error: unknown) => {
    if (errorOf(error, prefix).kind === 'missing') return []
    throw errorOf(error, prefix)
  })
  for (const entry of entries) {
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
