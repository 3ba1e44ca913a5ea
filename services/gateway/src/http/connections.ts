import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Beyond the bound, so many connections are still told that there are too many, before others are dropped. */
const told = 64

/**
 * Bounds the connections that are open at once.
 * @returns whether a connection is one too many, so that its request is to be refused
 */
export function boundConnections(server: Server, most: number): (socket: Socket) => boolean {
  const surplus = new WeakSet<Socket>()
  let open = 0
  server.maxConnections = most + told
  server.on('connection', (socket) => {
    open += 1
    if (open > most) surplus.add(socket)
    socket.once('close', () => (open -= 1))
  })
  return (socket) => surplus.has(socket)
}
