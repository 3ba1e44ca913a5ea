import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as it came in. */
export type Received = {
  id: string
  headers: Record<string, string>
  body: string
  path: string
  response: ServerResponse
}

/** A receiver of webhooks on loopback. */
export type Receiver = {
  url: string
  port: number
  got: Received[]
  /** Resolves with what has come, once it is so much. */
  has: (count: number) => Promise<Received[]>
  /** What it answers with from now on: a status, or whatever a function does. */
  answer: (as: number | ((received: Received) => void)) => void
  /** Ends it with all its connections; `start` brings it back on its port. */
  kill: () => Promise<void>
  start: () => Promise<void>
}

export async function startReceiver(as: number | ((received: Received) => void) = 204): Promise<Receiver> {
  const got: Received[] = []
  const waiting = new Set<() => void>()
  let answer = as
  let server: Server | undefined
  let port = 0
  const start = async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const headers = flat(request.headers)
        const body = Buffer.concat(chunks).toString()
        const id = headers['webhook-id'] ?? ''
        const received = { id, headers, body, path: request.url ?? '', response }
        got.push(received)
        if (typeof answer === 'number') response.writeHead(answer).end(answer === 204 ? '' : 'as told')
        else answer(received)
        for (const wake of waiting) wake()
      })
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  await start()
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    got,
    has: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (got.length < count) return
          waiting.delete(look)
          resolve(got)
        }
        waiting.add(look)
        look()
      }),
    answer: (next) => (answer = next),
    kill: async () => {
      const ended = server
      server = undefined
      if (!ended) return
      ended.closeAllConnections()
      ended.close()
      await once(ended, 'close')
    },
    start,
  }
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
