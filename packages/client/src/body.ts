import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Request } from './http.ts'

/** A file of this machine, under the name that it is sent with. */
export type SentFile = { path: string; name: string }

/** What of a request makes its body: a stream of known length, which is read while it is sent. */
type Body = Pick<Request, 'body' | 'duplex' | 'redirect' | 'window'> & { headers: Record<string, string> }

const contentType = 'application/pdf'

/** A file as a body. @throws the error of the file system */
export async function fileBody(file: string): Promise<Body> {
  const { size } = await stat(file)
  return streamed(() => read(file, size), size, contentType)
}

/**
 * A form as a body (RFC 7578; names are escaped as in the HTML standard, section 4.10.21.8). Not FormData, since fetch
 * of Node 24 ends the process (an unhandled rejection) when the answer comes before all of a form was sent.
 * @throws the error of the file system
 */
export async function formBody(fields: Record<string, string>, files: readonly SentFile[]): Promise<Body> {
  const boundary = `form-${randomUUID()}`
  const part = (about: string, rest: string) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${about}\r\n${rest}`)
  const texts = Object.entries(fields).map(([name, value]) =>
    part(`name="${escaped(name)}"`, `\r\n${value}\r\n`),
  )
  const parts = await Promise.all(
    files.map(async ({ path, name }) => {
      const { size } = await stat(path)
      const head = part(`name="file"; filename="${escaped(name)}"`, `content-type: ${contentType}\r\n\r\n`)
      return { path, size, head }
    }),
  )
  const end = Buffer.from(`--${boundary}--\r\n`)
  const lineEnd = Buffer.from('\r\n')
  const length =
    [...texts, ...parts.flatMap(({ head }) => [head, lineEnd]), end].reduce(
      (sum, text) => sum + text.length,
      0,
    ) + parts.reduce((sum, { size }) => sum + size, 0)
  async function* content() {
    yield* texts
    for (const { path, size, head } of parts) {
      yield head
      yield* read(path, size)
      yield lineEnd
    }
    yield end
  }
  return streamed(content, length, `multipart/form-data; boundary=${boundary}`)
}

function streamed(content: () => AsyncIterable<Uint8Array>, length: number, type: string): Body {
  return {
    body: () => ReadableStream.from(content()),
    headers: { 'content-type': type, 'content-length': String(length) },
    duplex: 'half',
    // Without these two fetch keeps all that it sends, to send it again after a redirect (Fetch standard, section 4.5).
    redirect: 'error',
    window: null,
  }
}

/** The bytes of a file, no more than were announced. */
async function* read(file: string, size: number): AsyncGenerator<Uint8Array> {
  if (size > 0) yield* createReadStream(file, { end: size - 1 })
}

const escaped = (name: string) => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
