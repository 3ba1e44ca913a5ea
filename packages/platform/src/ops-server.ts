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
    const answer = ({ status, body, type = 'application/json' }: Answer) =>
      response.writeHead(status, { 'content-type': type }).end(body)
    answerOf(request.url, metrics, problems).then(answer, (error: unknown) =>
      answer({
        status: 503,
        body: JSON.stringify({ status: 'not ready', problems: { check: String(error) } }),
      }),
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

type Answer = { status: number; body: string; type?: string }

async function answerOf(url: string | undefined, metrics: Metrics, problems: Readiness): Promise<Answer> {
  switch (url ?? '') {
    case '/livez':
      return { status: 200, body: '{"status":"alive"}' }
    case '/metrics':
      return { status: 200, body: await metrics.registry.metrics(), type: metrics.registry.contentType }
    case '/readyz': {
      const found = await problems()
      const ready = Object.keys(found).length === 0
      const body = JSON.stringify({ status: ready ? 'ready' : 'not ready', problems: found })
      return { status: ready ? 200 : 503, body }
    }
    default:
      return { status: 404, body: '{"status":"there is nothing at this address"}' }
  }
}
