import type { IncomingMessage } from 'node:http'

const lingerMs = 5000

/**
 * Reads and drops the rest of a body that is answered early. Closing at once would reset the connection, and the
 * client would lose the answer; after a while it is closed all the same.
 */
export function letGo(request: IncomingMessage): void {
  const { headers } = request
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (!hasBody || request.complete || request.destroyed) return
  request.unpipe()
  request.resume()
  const timer = setTimeout(() => request.destroy(), lingerMs)
  timer.unref()
  request.once('close', () => clearTimeout(timer))
}
