import { constants, copyFile, link } from 'node:fs/promises'
import path from 'node:path'

/**
 * Files go from host to worker under names in the host's own folder, the one place of which the worker knows that no link
 * leads out of it: whoever works in the host may have set one anywhere else.
 */
export type Handing = {
  /** A name under which nothing lies yet, and its place. */
  place: () => { handed: string; file: string }
  /** Puts a file there as well. @returns its name there */
  give: (file: string) => Promise<string>
}

/** @param folder that of the host */
export function openHanding(folder: string): Handing {
  let given = 0
  const place = () => {
    const handed = `handed-${++given}`
    return { handed, file: path.join(folder, handed) }
  }
  return {
    place,
    give: async (file) => {
      const there = place()
      // A file system may have no second names for files.
      await link(file, there.file).catch(() => copyFile(file, there.file, constants.COPYFILE_FICLONE))
      return there.handed
    },
  }
}
