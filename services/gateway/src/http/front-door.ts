import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { FailureCode } from '@pdf-smaller/contracts'
import { AlreadyRuns } from '@pdf-smaller/platform'
import type { GatewayConfig } from '../settings.ts'
import { answerBrokenRequests, faultOfHost } from './broken-requests.ts'
import { boundConnections } from './connections.ts'
import { rawProblem } from './raw-problem.ts'

/** The address of the gateway, taken before anything behind it is opened. */
export type FrontDoor = {
  server: Server
  url: string
  /** From now on requests are answered by this; until then they are told that the service is starting. */
  open: (answer: RequestListener) => void
}

type DoorConfig = Pick<GatewayConfig, 'HOST' | 'PORT' | 'UPLOAD_SECONDS' | 'MAX_CONNECTIONS'>

/** Of a connection that is kept open between requests, ms: longer than load balancers keep theirs. */
const keepAliveMs = 72_000

/**
 * Listens at once, so that two starts never get further than one of them.
 * @throws AlreadyRuns when something else listens there
 */
export async function takePort({
  HOST,
  PORT,
  UPLOAD_SECONDS,
  MAX_CONNECTIONS,
}: DoorConfig): Promise<FrontDoor> {
  let answer: RequestListener = (_, response) => refuseAtDoor(response, 'starting_up')
  const server = createServer(
    {
      requestTimeout: (UPLOAD_SECONDS + 60) * 1000,
      headersTimeout: 15_000,
      keepAliveTimeout: keepAliveMs,
      // Without it Node would answer by itself, and with nothing but a status.
      requireHostHeader: false,
    },
    (request, response) => {
      const fault = faultOfHost(request)
      if (fault) refuseAtDoor(response, 'invalid_request', fault)
      else if (isOneTooMany(request.socket))
        refuseAtDoor(response, 'overloaded', `it takes ${MAX_CONNECTIONS} connections at once`)
      else answer(request, response)
    },
  )
  const isOneTooMany = boundConnections(server, MAX_CONNECTIONS)
  answerBrokenRequests(server)
  server.listen(PORT, HOST)
  try {
    await once(server, 'listening')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    throw new AlreadyRuns(
      `Port ${PORT} of ${HOST} is taken by another program, perhaps a PDF Smaller with another data folder. ` +
        'Stop that, or set PDF_SMALLER_PORT to a free port (0 picks one).',
      { cause: error },
    )
  }
  return { server, url: urlOf(server), open: (opened) => (answer = opened) }
}

/** Where programs of this host reach it; one that listens everywhere is reached on loopback, too. */
const loopbackOf: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

function urlOf(server: Server): string {
  const bound = server.address()
  if (!bound || typeof bound === 'string') throw new TypeError('a front door listens on a TCP port')
  const host = loopbackOf[bound.address] ?? bound.address
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
}

function refuseAtDoor(response: ServerResponse, code: FailureCode, why = ''): void {
  const { status, headers, body } = rawProblem(code, why)
  response.writeHead(status, headers).end(body)
}
