import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Where a download ends up. */
export type Target = {
  /** The file that it is received in until it is known to be whole. */
  partial: string
  /** Makes the received file the target's content. @throws the error of the file system */
  put: () => Promise<void>
}

/**
 * A file takes the name in one step, so that it is whole or not there. What has the name already is written over where
 * that is allowed: a link leads to the file that is, a device or a pipe gets the bytes.
 * @param ending of the name of the partial file
 */
export async function targetAt(to: string, overwrite: boolean, ending: string): Promise<Target> {
  const there = overwrite ? await stat(to).catch(() => undefined) : undefined
  if (there && !there.isFile()) return throughPartial(to, ending)
  const file = there ? await realpath(to) : overwrite ? await leadsTo(to) : to
  const partial = `${file}.${ending}`
  return {
    partial,
    put: async () => {
      if (there) await chmod(partial, there.mode & 0o7777)
      // Takes the name at the last moment; it may have been taken while the file came in.
      else if (!overwrite) await (await open(file, 'wx')).close()
      await rename(partial, file)
    },
  }
}

/** Where a link leads that leads to nothing yet. */
async function leadsTo(link: string): Promise<string> {
  const led = await readlink(link).catch(() => undefined)
  return led === undefined ? link : path.resolve(path.dirname(link), led)
}

/** A folder refuses to be opened, as it should. */
function throughPartial(to: string, ending: string): Target {
  const partial = path.join(tmpdir(), `pdf-smaller-${ending}`)
  return {
    partial,
    put: async () => {
      await pipeline(createReadStream(partial), createWriteStream(to))
      await rm(partial)
    },
  }
}
