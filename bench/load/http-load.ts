import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A request as it goes over the wire, and how many of them. */
export type Load = {
  port: number
  connections: number
  /** The bytes of the n-th request. */
  request: (n: number) => Uint8Array
  /** Ends after so many requests, or after so many milliseconds. */
  requests?: number
  ms?: number
}

export type LoadResult = {
  requests: number
  ms: number
  latencies: number[]
  statuses: Record<string, number>
}

/**
 * A closed loop over raw sockets: each connection sends its next request when the last one is answered. It parses no more
 * of an answer than its end, so that the machine is left to the server.
 */
export async function load({
  port,
  connections,
  request,
  requests = Infinity,
  ms = Infinity,
}: Load): Promise<LoadResult> {
  const startedAt = performance.now()
  const result: LoadResult = { requests: 0, ms: 0, latencies: [], statuses: {} }
  let sent = 0
  const more = () => sent < requests && performance.now() - startedAt < ms
  const run = async () => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    await once(socket, 'connect')
    const answers = answersOf(socket)
    while (more()) {
      const n = sent++
      const at = performance.now()
      socket.write(request(n))
      const { value: status } = await answers.next()
      result.latencies.push(performance.now() - at)
      result.statuses[String(status)] = (result.statuses[String(status)] ?? 0) + 1
      result.requests++
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: connections }, run))
  result.ms = performance.now() - startedAt
  return result
}

/** The status of each answer, when all of it has come. Answers must tell their length. */
async function* answersOf(socket: Socket): AsyncGenerator<number> {
  let buffered: Buffer = Buffer.alloc(0)
  for await (const chunk of socket) {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk])
    for (let end = endOfAnswer(buffered); end > 0; end = endOfAnswer(buffered)) {
      const status = Number(buffered.toString('latin1', 9, 12))
      buffered = buffered.subarray(end)
      yield status
    }
  }
}

function endOfAnswer(bytes: Buffer): number {
  const head = bytes.indexOf('\r\n\r\n')
  if (head < 0) return 0
  const length = /content-length: (\d+)/i.exec(bytes.toString('latin1', 0, head))
  const end = head + 4 + Number(length?.[1] ?? 0)
  return bytes.length >= end ? end : 0
}

/** A request without or with a body. */
export function httpRequest(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: string | Uint8Array = '',
): Buffer {
  const bytes = Buffer.from(body)
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(bytes.length > 0 ? [`content-length: ${bytes.length}`] : []),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes])
}

/** A multipart form with one file. */
export function fileForm(
  name: string,
  content: Uint8Array,
): { headers: Record<string, string>; body: Buffer } {
  const boundary = 'pdf-smaller-bench-7d93ab'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body }
}

/** The value below which a part of all values lie. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN
}
