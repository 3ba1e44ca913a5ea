import { statfs } from 'node:fs/promises'

/** Engines write in blocks and do not always say that one found no room; with less than this nothing can be trusted. */
const leastBytes = 256 * 1024

/** When the disk was last found to be full, as `performance.now` has it: all workspaces of a process stand on one. */
let foundFullAt = -Infinity

/** Notes that the disk is full, or was a moment ago. */
export function diskFoundFull(): void {
  foundFullAt = performance.now()
}

/**
 * Whether a folder's disk has no room, in bytes or in files, or had none at some time since: what another attempt leaves
 * makes room before this one could look. Never throws: where it cannot be told, there is some.
 * @param since as `performance.now` has it
 */
export async function isDiskFull(folder: string, since: number): Promise<boolean> {
  if (await hasNoRoom(folder)) diskFoundFull()
  return foundFullAt >= since
}

async function hasNoRoom(folder: string): Promise<boolean> {
  const disk = await statfs(folder).catch(() => undefined)
  if (!disk) return false
  // Some blocks are kept for root alone.
  const blocks = process.getuid?.() === 0 ? disk.bfree : disk.bavail
  return blocks * disk.bsize < leastBytes || (disk.files > 0 && disk.ffree === 0)
}

/** What programs and libraries say when a disk is full (strerror of ENOSPC and EDQUOT). */
export const saysDiskIsFull = /no space left on device|disk quota exceeded/i
