import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Metrics } from './metrics.ts'

/** Tells why a service is not ready; empty when it is. */
export type Readiness = () => Promise<Record<string, string>>

/**
 * What a platform asks of a worker that runs alone: /livez, /readyz and /metrics.
 * @returns how to close it
 */
export async function startOpsServer(
  { host, port }: { host: string; port: number },
  metrics: Metrics,
  problems: Readiness,
): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: string, type = 'application/json') =>
      response.writeHead(status, { 'content-type': type }).end(body)
    if (request.url === '/livez') return answer(200, '{"status":"alive"}')
    if (request.url === '/metrics') {
      metrics.registry.metrics().then(
        (text) => answer(200, text, metrics.registry.contentType),
        () => answer(500, '{}'),
      )
      return
    }
    if (request.url !== '/readyz') return answer(404, '{"status":"there is nothing at this address"}')
    problems().then(
      (found) => {
        const ready = Object.keys(found).length === 0
        answer(ready ? 200 : 503, JSON.stringify({ status: ready ? 'ready' : 'not ready', problems: found }))
      },
      (error: unknown) =>
        answer(503, JSON.stringify({ status: 'not ready', problems: { check: String(error) } })),
    )
  })
  server.listen(port, host)
  await once(server, 'listening')
  return async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}
