import type { FailureCode } from '@pdf-smaller/contracts'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { onTheWire, rawProblem } from './raw-problem.ts'

/** How long a connection stays open behind its last answer, so that it is not lost under what still comes in, ms. */
const lingerMs = 1000

/** What Node's parser ends a connection with. */
const problems: Record<string, [FailureCode, string]> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', ''],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['headers_too_large', 'the chunks of its body have long extensions'],
  ERR_HTTP_REQUEST_TIMEOUT: ['upload_timeout', 'the request did not come in time'],
}

/** Answers what is no request with a problem, where nothing has been answered on its connection yet. */
export function answerBrokenRequests(server: Server): void {
  const answering = new WeakMap<Duplex, ServerResponse>()
  server.on('request', ({ socket }, response) => answering.set(socket, response))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const begun = answering.get(socket)
    const isMidAnswer = begun?.headersSent && !begun.writableFinished
    if (error.code === 'ECONNRESET' || !socket.writable || isMidAnswer) return void socket.destroy()
    const [code, why] = problems[error.code ?? ''] ?? ['invalid_request', 'it is not HTTP/1.1']
    endWith(socket, code, why)
  })
  // Without an answer of its own the connection would be closed in silence.
  server.on('connect', (_, socket) => endWith(socket, 'method_not_allowed', 'CONNECT'))
  // An expectation that is not known may be left out of account (RFC 9110, section 10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
}

function endWith(socket: Duplex, code: FailureCode, why: string): void {
  socket.end(onTheWire(rawProblem(code, why)))
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
  socket.on('error', () => {})
}

/** What is wrong with the name of the server in a request (RFC 9112, section 3.2); undefined where nothing is. */
export function faultOfHost({ rawHeaders, httpVersion }: IncomingMessage): string | undefined {
  const names = rawHeaders.filter((_, n) => n % 2 === 0)
  const hosts = names.filter((name) => name.toLowerCase() === 'host').length
  if (hosts > 1) return 'it has two Host headers'
  return hosts === 0 && httpVersion === '1.1' ? 'it has no Host header' : undefined
}
