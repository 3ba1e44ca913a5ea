import { createHash } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import type { JobView, ObjectRef } from '@pdf-smaller/contracts'
import { getFile } from '@pdf-smaller/contracts/http'
import { openBackoff } from './backoff.ts'
import type { Http } from './http.ts'
import { targetAt } from './target.ts'
import { ProblemError, UnreachableError } from './problem.ts'

export type DownloadOptions = {
  /** The name of the output; the first output by default. */
  name?: string | undefined
  /** Write over a file that is there; through a link, and into a device or pipe. */
  overwrite?: boolean
  signal?: AbortSignal | undefined
  /** How long the service may be away before its absence is thrown. */
  patienceMs?: number
}

const usualPatienceMs = 60_000

/** The last segment of an output's key names it in its address. */
const segment = ({ key }: ObjectRef) => key.slice(key.lastIndexOf('/') + 1)

/**
 * Downloads an output into a file, which is either whole or not there. A broken connection is taken up again where it
 * broke off, and the whole is checked against the SHA-256 that the job's events name.
 * @throws ProblemError, UnreachableError; the error of the file system, EEXIST when the target is there
 */
export async function downloadOutput(
  http: Http,
  job: JobView,
  to: string,
  { name, overwrite = false, ...options }: DownloadOptions,
): Promise<ObjectRef> {
  const output =
    name === undefined
      ? job.outputs[0]
      : job.outputs.find((one) => one.name === name || segment(one) === name)
  if (!output) throw broken('unknown_file', `The job ${job.id} has no output ${name ?? ''}`.trim(), 404)
  const target = await targetAt(to, overwrite, `${process.pid}-${job.id.slice(-6)}.partial`)
  const file = await open(target.partial, 'wx')
  try {
    const sha256 = await receive(http, { id: job.id, name: segment(output) }, output, file, options)
    await file.close()
    if (sha256 !== output.sha256)
      throw broken('object_corrupt', `${output.name} does not match its checksum. Download it again`, 502)
    await target.put()
    return output
  } catch (error) {
    await file.close()
    await rm(target.partial, { force: true })
    throw error
  }
}

/** Writes all bytes of an output, over any number of connections. @returns their SHA-256 in hex */
async function receive(
  http: Http,
  params: { id: string; name: string },
  { size, sha256 }: ObjectRef,
  file: FileHandle,
  { signal, patienceMs = usualPatienceMs }: DownloadOptions,
): Promise<string> {
  const hash = createHash('sha256')
  const backoff = openBackoff(patienceMs, signal)
  let received = 0
  for (;;) {
    let failure: unknown
    try {
      const headers = received > 0 ? { range: `bytes=${received}-`, 'if-range': `"${sha256}"` } : {}
      const response = await http.request(getFile, { params, headers, signal, once: true })
      // Whoever ignores the range sends everything again: an output never changes, so its beginning is known.
      let known = response.status === 206 ? 0 : received
      for await (const chunk of http.body(response, signal)) {
        const fresh = chunk.subarray(known)
        known = Math.max(0, known - chunk.length)
        if (fresh.length === 0) continue
        await file.writeFile(fresh)
        hash.update(fresh)
        received += fresh.length
        backoff.reset()
      }
      if (received >= size) return hash.digest('hex')
      failure = new UnreachableError(`the download ended after ${received} of ${size} bytes`)
    } catch (error) {
      failure = error
    }
    await backoff.pause(failure)
  }
}

function broken(code: string, title: string, status: number): ProblemError {
  return new ProblemError({
    code,
    status,
    title,
    detail: `${title}.`,
    retryable: status >= 500,
    traceId: undefined,
  })
}
