import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream'

/** A bad network in front of a server: connections that break, fall silent, or lead elsewhere from now on. */
export type Proxy = {
  url: string
  /** How many connections were opened. */
  connections: () => number
  /** What was asked for: the heads of requests, newest last. */
  heads: () => string[]
  /** Breaks all connections. */
  cut: () => void
  /** The next answer breaks off after so many bytes. */
  cutAfter: (bytes: number) => void
  /** Connections stay open, but nothing comes through them any more. */
  freeze: () => void
  /** New connections lead there; undefined refuses them. */
  lead: (to: string | undefined) => void
  close: () => Promise<void>
}

export async function openProxy(target: string): Promise<Proxy> {
  let to: URL | undefined = new URL(target)
  let limit: number | undefined
  let opened = 0
  const heads: string[] = []
  const pairs = new Set<{ client: Socket; server: Socket }>()
  const server = createServer((client) => {
    opened += 1
    if (!to) return client.destroy()
    const upstream = connect(Number(to.port), to.hostname)
    const pair = { client, server: upstream }
    pairs.add(pair)
    client.on('data', (chunk) =>
      heads.push(...(String(chunk).match(/^(GET|POST|HEAD)[^]*?\r\n\r\n/) ?? []).slice(0, 1)),
    )
    pipeline(client, upstream, () => {})
    let passed = 0
    upstream.on('data', (chunk: Buffer) => {
      const most = limit ?? Infinity
      client.write(passed + chunk.length > most ? chunk.subarray(0, Math.max(0, most - passed)) : chunk)
      passed += chunk.length
      if (passed <= most) return
      limit = undefined
      client.end()
      upstream.destroy()
    })
    upstream.once('end', () => client.end())
    upstream.once('error', () => client.destroy())
    client.once('error', () => upstream.destroy())
    client.once('close', () => pairs.delete(pair))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const cut = () => {
    for (const { client, server } of pairs) {
      client.destroy()
      server.destroy()
    }
  }
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => opened,
    heads: () => heads,
    cut,
    cutAfter: (bytes) => {
      limit = bytes
    },
    freeze: () => {
      for (const { server } of pairs) server.pause().removeAllListeners('data')
    },
    lead: (target) => {
      to = target === undefined ? undefined : new URL(target)
    },
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
