import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { JobView } from '@pdf-smaller/contracts'
import { ProblemError } from './problem.ts'

export type Download = (job: JobView, to: string, index?: number) => Promise<void>

/** Downloads into a file beside the target first, so that the target is either whole or not there. */
export function download(request: (route: string) => Promise<Response>): Download {
  return async (job, to, index = 0) => {
    const output = job.outputs[index]
    if (!output) throw new ProblemError(404, 'unknown_file', `the job has no output ${index}`, false)
    const name = output.key.slice(output.key.lastIndexOf('/') + 1)
    const response = await request(`/api/jobs/${job.id}/files/${encodeURIComponent(name)}`)
    const partial = `${to}.partial-${process.pid}`
    const hash = createHash('sha256')
    try {
      await pipeline(
        Readable.from(response.body ?? []),
        async function* (chunks: AsyncIterable<Uint8Array>) {
          for await (const chunk of chunks) {
            hash.update(chunk)
            yield chunk
          }
        },
        createWriteStream(partial, { flags: 'wx' }),
      )
      if (hash.digest('hex') !== output.sha256) {
        throw new ProblemError(502, 'object_corrupt', 'the download does not match its checksum', true)
      }
      await rename(partial, to)
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
  }
}
