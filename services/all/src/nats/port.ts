import { once } from 'node:events'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { AlreadyRuns } from '@pdf-smaller/platform'
import { lastPort, rememberPort } from './config.ts'
import { PortTaken, type ServerProcess } from './process.ts'

/** Where NATS is usually found; and how many ports behind it are tried, all below those that systems give to connections. */
const [usualPort, manyPorts] = [4222, 100]

export type Place = {
  host: string
  /** 0 picks a free one each time; undefined that of the last start. */ port: number | undefined
}

/**
 * Starts a server where those who read events look for it: on the port that is told, or else on that of the last start, so
 * that it keeps the one that it had at first.
 * @throws AlreadyRuns when another program listens there
 */
export async function startInPlace(
  folder: string,
  { host, port }: Place,
  start: (port: number) => Promise<ServerProcess>,
): Promise<ServerProcess> {
  if (port === 0) return start(0)
  const last = port ?? (await lastPort(folder))
  const server =
    last === undefined
      ? await startAtFirst(host, start)
      : await start(last).catch((error: unknown) => {
          if (!(error instanceof PortTaken)) throw error
          throw new AlreadyRuns(whyNot(host, last, port === undefined), { cause: error })
        })
  await rememberPort(folder, portOf(server.address))
  return server
}

async function startAtFirst(
  host: string,
  start: (port: number) => Promise<ServerProcess>,
): Promise<ServerProcess> {
  for (let port = usualPort; port < usualPort + manyPorts; port++) {
    if (!(await isFree(host, port))) continue
    try {
      return await start(port)
    } catch (error) {
      if (!(error instanceof PortTaken)) throw error
    }
  }
  return start(0)
}

async function isFree(host: string, port: number): Promise<boolean> {
  const server = createServer().listen(port, host)
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}

function whyNot(host: string, port: number, isRemembered: boolean): string {
  const what = isRemembered
    ? `where the event store of this data folder was reached until now,`
    : `where the event store is to be reached,`
  return (
    `Port ${port} of ${host}, ${what} is taken by another program. Stop that, or set PDF_SMALLER_NATS_PORT to a free ` +
    'port (integrators have to be told), or name a nats-server of your own with PDF_SMALLER_NATS_URL.'
  )
}

export const portOf = (address: string) => Number(address.slice(address.lastIndexOf(':') + 1))

/** Host and port as programs on this machine reach them, and as others do. */
export function urlsOf(address: string): { own: string; told: string } {
  const port = portOf(address)
  const host = address.slice(0, address.lastIndexOf(':'))
  if (host !== '0.0.0.0' && host !== '[::]') return { own: `nats://${address}`, told: `nats://${address}` }
  const loopback = host === '[::]' ? '[::1]' : '127.0.0.1'
  return { own: `nats://${loopback}:${port}`, told: `nats://${hostname()}:${port}` }
}
