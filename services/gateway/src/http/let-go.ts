import type { IncomingMessage, ServerResponse } from 'node:http'

const lingerMs = 5000

/**
 * Reads and drops the rest of a body that is answered early. Closing at once would reset the connection, and the
 * client would lose the answer; after a while, or when the gateway stops, it is closed all the same.
 */
export function letGo(request: IncomingMessage, answer: ServerResponse, closing: AbortSignal): void {
  const { headers } = request
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (!hasBody || request.complete || request.destroyed) return
  // Node would close behind the answer where the client asked for that, whatever is still under way.
  answer.shouldKeepAlive = true
  request.unpipe()
  request.resume()
  const end = () => request.destroy()
  const timer = setTimeout(end, lingerMs)
  closing.addEventListener('abort', end)
  request.once('close', () => {
    clearTimeout(timer)
    closing.removeEventListener('abort', end)
  })
}
