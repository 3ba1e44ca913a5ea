import { opendir, readdir, rm, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { errorOf, openObject } from './directory-format.ts'
import { ObjectStoreError, type StoredObject } from './port.ts'

/** What concerns many objects at once: listing, deleting by prefix, sweeping. */
export function directoryTree(root: string, temporary: string) {
  const list = async function* (prefix: string): AsyncGenerator<StoredObject> {
    for await (const key of keysUnder(root, prefix)) {
      const found = await openObject(key, path.join(root, key)).catch((error: unknown) => {
        // Deleted while the list was read.
        if (error instanceof ObjectStoreError && error.kind === 'missing') return undefined
        throw error
      })
      if (!found) continue
      await found.file.close()
      yield found.object
    }
  }
  const removeEmptyFolders = async (key: string) => {
    for (let folder = path.dirname(key); folder !== '.'; folder = path.dirname(folder)) {
      const removed = await rmdir(path.join(root, folder)).then(
        () => true,
        () => false,
      )
      if (!removed) return
    }
  }
  const removePrefix = async (prefix: string) => {
    let objects = 0
    let bytes = 0
    for await (const { size } of list(prefix)) {
      objects++
      bytes += size
    }
    try {
      await rm(path.join(root, prefix), { recursive: true, force: true, maxRetries: 3 })
    } catch (error) {
      throw errorOf(error, prefix)
    }
    await removeEmptyFolders(prefix.slice(0, -1))
    return { objects, bytes }
  }
  return { list, removePrefix, removeEmptyFolders, sweepTemporary: (now: Date) => sweep(temporary, now) }
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

/** Removes temporary files of processes that are gone, and any that is older than a day. */
async function sweep(temporary: string, now: Date): Promise<void> {
  for (const name of await readdir(temporary)) {
    const file = path.join(temporary, name)
    const found = await stat(file).catch(() => undefined)
    const old = found !== undefined && now.getTime() - found.mtimeMs > 86_400_000
    if (old || !isAlive(Number(name.split('-')[0]))) await rm(file, { force: true })
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
