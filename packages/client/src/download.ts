import type { JobView, ObjectRef } from '@pdf-smaller/contracts'
import { getFile } from '@pdf-smaller/contracts/http'
import { openBackoff } from './backoff.ts'
import type { Http } from './http.ts'
import { ProblemError, UnreachableError } from './problem.ts'
import type { Digest } from './sha256.ts'

export type ReadOptions = {
  /** The name of the output; the first output by default. */
  name?: string | undefined
  signal?: AbortSignal | undefined
  /** How long the service may be away before its absence is thrown. */
  patienceMs?: number
}

export type DownloadOptions = ReadOptions & {
  /** Write over a file that is there; through a link, and into a device or pipe. Of no meaning for streams. */
  overwrite?: boolean
}

/** Where a download goes. */
export type Sink = {
  write: (chunk: Uint8Array) => Promise<void>
  /** What was written is all of it, and is right. */
  keep: () => Promise<void>
  /** It is not. */
  discard: (reason: unknown) => Promise<void>
}

/** Makes what a program names as a target ready to be written to. @param ending tells it from others that are written at the same time */
export type OpenSink<Target> = (to: Target, about: { overwrite: boolean; ending: string }) => Promise<Sink>

const usualPatienceMs = 60_000

/** The last segment of an output's key names it in its address. */
const segment = ({ key }: ObjectRef) => key.slice(key.lastIndexOf('/') + 1)

/** @throws ProblemError unknown_file */
export function outputOf(job: JobView, name: string | undefined): ObjectRef {
  const output =
    name === undefined
      ? job.outputs[0]
      : job.outputs.find((one) => one.name === name || segment(one) === name)
  if (!output) throw broken('unknown_file', `The job ${job.id} has no output ${name ?? ''}`.trim(), 404)
  return output
}

/** Writes an output to where it is to go. @throws what reading and writing throw */
export async function writeOutput(bytes: AsyncIterable<Uint8Array>, sink: Sink): Promise<void> {
  try {
    for await (const chunk of bytes) await sink.write(chunk)
    await sink.keep()
  } catch (error) {
    await sink.discard(error)
    throw error
  }
}

/**
 * The bytes of an output as they arrive. A broken connection is taken up again where it broke off, and behind the last
 * byte the whole is checked against the SHA-256 that the job's events name.
 * @throws ProblemError, also when the bytes are not those of the output; UnreachableError
 */
export async function* outputBytes(
  { http, openDigest }: { http: Http; openDigest: () => Digest },
  jobId: string,
  output: ObjectRef,
  { signal, patienceMs = usualPatienceMs }: ReadOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { size, sha256 } = output
  const params = { id: jobId, name: segment(output) }
  const digest = openDigest()
  const backoff = openBackoff(patienceMs, signal)
  let received = 0
  while (received < size) {
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
        digest.update(fresh)
        received += fresh.length
        backoff.reset()
        yield fresh
      }
      failure = new UnreachableError(`the download ended after ${received} of ${size} bytes`)
    } catch (error) {
      failure = error
    }
    if (received < size) await backoff.pause(failure)
  }
  if (digest.hex() !== sha256)
    throw broken('object_corrupt', `${output.name} does not match its checksum. Download it again`, 502)
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
