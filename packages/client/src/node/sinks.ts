import { open, rm } from 'node:fs/promises'
import type { OpenSink } from '../download.ts'
import { intoStream } from '../sinks.ts'
import { targetAt } from './target.ts'

/** Where an output goes: into the file of a path, or into a stream. */
export type NodeTarget = WritableStream<Uint8Array> | string

/** A file is either whole or not there. @throws the error of the file system, EEXIST when the target is there */
export const intoFile: OpenSink<NodeTarget> = async (to, about) => {
  if (typeof to !== 'string') return intoStream(to, about)
  const target = await targetAt(to, about.overwrite, about.ending)
  const file = await open(target.partial, 'wx')
  return {
    write: (chunk) => file.writeFile(chunk),
    keep: async () => {
      await file.close()
      await target.put()
    },
    discard: async () => {
      await file.close()
      await rm(target.partial, { force: true })
    },
  }
}
