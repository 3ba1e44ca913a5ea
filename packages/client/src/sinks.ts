import type { OpenSink } from './download.ts'

/** Writes to a stream, which ends when the whole output was written and was right, and is aborted otherwise. */
export const intoStream: OpenSink<WritableStream<Uint8Array>> = async (to) => {
  const writer = to.getWriter()
  return {
    write: (chunk) => writer.write(chunk),
    keep: () => writer.close(),
    discard: (reason) => writer.abort(reason).catch(() => {}),
  }
}
