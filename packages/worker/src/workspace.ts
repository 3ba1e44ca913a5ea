import { mkdirSync, rmdirSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/**
 * A private folder for one attempt. Made and, while it is empty, removed synchronously: one system call costs less than the
 * way to the thread pool, and jobs without files are all about such costs.
 */
export function makeWorkspace(folder: string, jobId: string, attempt: number): string {
  const workspace = path.join(folder, `${jobId}.${attempt}.${process.pid}`)
  try {
    mkdirSync(workspace, { mode: 0o700 })
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error
    mkdirSync(workspace, { recursive: true, mode: 0o700 })
  }
  return workspace
}

export async function removeWorkspace(workspace: string): Promise<void> {
  try {
    rmdirSync(workspace)
  } catch {
    await rm(workspace, { recursive: true, force: true, maxRetries: 3 })
  }
}

/**
 * Removes the workspaces of processes that are gone, and those of other hosts once they are older than a day.
 * @returns how many were removed
 */
export async function sweepWorkspaces(folder: string, now: Date): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  let removed = 0
  for (const name of names) {
    const workspace = path.join(folder, name)
    const owner = Number(/\.(\d+)$/.exec(name)?.[1])
    if (!owner || (isAlive(owner) && !(await isOlderThanADay(workspace, now)))) continue
    await removeWorkspace(workspace)
    removed++
  }
  return removed
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function isOlderThanADay(workspace: string, now: Date): Promise<boolean> {
  const found = await stat(workspace).catch(() => undefined)
  return found !== undefined && now.getTime() - found.mtimeMs > 86_400_000
}
