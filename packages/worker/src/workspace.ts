import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { isZombie } from './hosts/process-tree.ts'

/** Where an attempt's private folder stands. */
export function workspacePath(folder: string, jobId: string, attempt: number): string {
  return path.join(folder, `${workspaceName(jobId, attempt)}.${process.pid}`)
}

/** What the folder is called that a task works in: there, or in the folder of its host. */
export function workspaceName(jobId: string, attempt: number): string {
  return `${jobId}.${attempt}`
}

export async function makeWorkspace(workspace: string): Promise<void> {
  await mkdir(workspace, { recursive: true, mode: 0o700 })
}

export async function removeWorkspace(workspace: string): Promise<void> {
  await rm(workspace, { recursive: true, force: true, maxRetries: 3 })
}

const dayMs = 86_400_000

/**
 * Removes the workspaces of processes that are gone, and those of other hosts once they are old, a day by default.
 * @returns how many were removed
 */
export async function sweepWorkspaces(folder: string, now: Date, olderThanMs = dayMs): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  let removed = 0
  for (const name of names) {
    const workspace = path.join(folder, name)
    const owner = Number(/\.(\d+)$/.exec(name)?.[1])
    if (!owner) continue
    const changedAt = (await stat(workspace).catch(() => undefined))?.mtimeMs
    if (changedAt === undefined) continue
    if (isInUse(owner, changedAt) && now.getTime() - changedAt <= olderThanMs) continue
    await removeWorkspace(workspace)
    removed++
  }
  return removed
}

/** A process may have the number that one before it had: what is older than this process is not its own. */
function isInUse(owner: number, changedAt: number): boolean {
  return owner === process.pid ? changedAt >= performance.timeOrigin : isAlive(owner)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
