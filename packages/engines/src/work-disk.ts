import { statfs } from 'node:fs/promises'

/** Engines write in blocks and do not always say that one found no room; with less than this nothing can be trusted. */
const leastBytes = 256 * 1024

/** Whether a folder's disk has no room, in bytes or in files. Never throws: where it cannot be told, there is some. */
export async function isDiskFull(folder: string): Promise<boolean> {
  const disk = await statfs(folder).catch(() => undefined)
  if (!disk) return false
  // Some blocks are kept for root alone.
  const blocks = process.getuid?.() === 0 ? disk.bfree : disk.bavail
  return blocks * disk.bsize < leastBytes || (disk.files > 0 && disk.ffree === 0)
}

/** What programs and libraries say when a disk is full (strerror of ENOSPC and EDQUOT). */
export const saysDiskIsFull = /no space left on device|disk quota exceeded/i
