import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { isZombie } from './process-tree.ts'

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
    await rm(workspace, { recursive: true, force: true, maxRetries: 3 })
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
