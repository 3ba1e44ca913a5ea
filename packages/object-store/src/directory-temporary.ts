import { randomUUID } from 'node:crypto'
import { readdir, readlink, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Where objects are written before they are published. */
export type TemporaryFolder = {
  newFile: () => string
  /** Removes what crashed writers left: files of processes that are gone, and any that nobody wrote to for so long. */
  sweep: (olderThanMs: number) => Promise<{ files: number; bytes: number }>
}

/**
 * Names its files `<pid namespace>.<pid>-<uuid>`: containers that share the folder cannot tell from a pid alone whether
 * its process is alive, for each has pids of its own.
 */
export async function openTemporaryFolder(folder: string): Promise<TemporaryFolder> {
  // The link reads `pid:[4026531836]`; see pid_namespaces(7).
  const link = await readlink('/proc/self/ns/pid').catch(() => '')
  const namespace = link.replaceAll(/\D/g, '') || '0'
  const isOrphan = (name: string) => {
    const [, where, pid] = /^(\d+)\.(\d+)-/.exec(name) ?? []
    return where === namespace && !isAlive(Number(pid))
  }
  const sweep = async (olderThanMs: number) => {
    let files = 0
    let bytes = 0
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name)
      const found = await stat(file).catch(() => undefined)
      if (!found || (Date.now() - found.mtimeMs <= olderThanMs && !isOrphan(name))) continue
      await rm(file, { force: true })
      files++
      bytes += found.size
    }
    return { files, bytes }
  }
  return { newFile: () => path.join(folder, `${namespace}.${process.pid}-${randomUUID()}`), sweep }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
