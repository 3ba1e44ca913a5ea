import { execFile } from 'node:child_process'
import { mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

/** Only root may mount; everything that needs a full disk runs where tests run as root, as they do in CI. */
export const mayMount = process.getuid?.() === 0

/** A file system of its own with so many MiB, in memory. */
export async function mountSmallDisk(
  mebibytes: number,
): Promise<{ folder: string; unmount: () => Promise<void> }> {
  const run = promisify(execFile)
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder])
  return {
    folder,
    unmount: async () => {
      await run('umount', [folder])
      await rmdir(folder)
    },
  }
}
