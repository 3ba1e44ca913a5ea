import type { Server, Socket } from 'node:net'

/**
 * Watches a server for connections over which nothing has come yet, as browsers and pools open them ahead.
 * @returns closes those; Node takes them for busy ones, and would wait for them
 */
export function unusedConnections(server: Server): () => void {
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
  }
}
