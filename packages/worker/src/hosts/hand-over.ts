import { lstat, rename } from 'node:fs/promises'
import path from 'node:path'

/** What goes from host to worker and back: files under names in the host's own folder, which is the mount of its sandbox. */
export type HandOver = {
  /** Takes a file that the host has handed over out of its reach. @returns where it is. @throws Error for what is no file */
  take: (handed: string) => Promise<string>
  /** Gives the host what `make` writes, if it says that there is something. */
  give: (handed: string, make: (file: string) => Promise<boolean>) => Promise<boolean>
}

/** @param own a folder that the host does not reach: nothing that it does changes what lies there */
export function openHandOver(host: string, own: string): HandOver {
  return {
    take: async (handed) => {
      const file = path.join(own, handed)
      await rename(path.join(host, handed), file)
      if (!(await lstat(file)).isFile()) throw new Error(`a host handed over what is no file: ${handed}`)
      return file
    },
    give: async (handed, make) => {
      const file = path.join(own, handed)
      if (!(await make(file))) return false
      await rename(file, path.join(host, handed))
      return true
    },
  }
}
