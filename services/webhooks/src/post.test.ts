import { createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import type { LookupAddress } from 'node:dns'
import { afterEach, describe, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '../testing/receiver.ts'
import { systemResolve } from './lookup.ts'
import { openPost, type Post, retryAfter } from './post.ts'

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

function poster(networks: string[], resolve = systemResolve, timeoutMs = 60_000): Post {
  const post = openPost({ rules: { ports: new Set([443, 80, 8443]), networks }, timeoutMs, resolve })
  opened.push(post.close)
  return post
}
async function receiver(...as: Parameters<typeof startReceiver>): Promise<Receiver> {
  const made = await startReceiver(...as)
  opened.push(made.kill)
  return made
}
/** Speaks, or does not, without HTTP's help. */
async function raw(onConnect: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onConnect(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  opened.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
}
const loopback = ['127.0.0.0/8']
const at = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })

describe('where messages are not sent', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '0.1.2.3',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001:0:7f00:1::1',
    '2001:db8::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '100::1',
  ])('to a name that stands for %s', async (address) => {
    const post = poster([], async () => [at('93.184.216.34'), at(address)])
    const answer = await post.send('https://rebound.example/', {}, '{}')
    expect(answer).toMatchObject({
      kind: 'none',
      why: 'the name stands for no address that webhooks are sent to',
    })
  })

  it.each([
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://017700000001/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::a00:1]/',
    'https://169.254.169.254./',
    'http://example.org/',
    'https://example.org:25/',
    'https://user@example.org/',
    'file:///etc/passwd',
  ])('to %s', async (url) => {
    const post = poster([], () => Promise.reject(new Error('nobody is to be asked')))
    expect(await post.send(url, {}, '{}')).toMatchObject({
      kind: 'none',
      why: expect.stringContaining('allowed'),
    })
  })

  it('to another address than the one that was looked at', async () => {
    const { port, got } = await receiver()
    const asked: string[] = []
    // A name that is another one each time it is asked for.
    const resolve = async (name: string) => [at(asked.push(name) % 2 === 1 ? '127.0.0.1' : '127.0.0.2')]
    const post = poster(loopback, resolve)
    const answer = await post.send(`http://rebound.example:${port}/`, {}, '{}')
    expect(answer).toMatchObject({ kind: 'answered', status: 204 })
    expect(asked).toEqual(['rebound.example'])
    expect(got[0]?.headers['host']).toBe(`rebound.example:${port}`)
  })

  it('to where an answer leads', async () => {
    const elsewhere = await receiver()
    const { url } = await receiver(({ response }) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    )
    expect(await poster(loopback).send(url, {}, '{}')).toMatchObject({ kind: 'answered', status: 307 })
    expect(elsewhere.got).toEqual([])
  })

  it('by way of a proxy', async () => {
    const { url } = await receiver()
    process.env['http_proxy'] = 'http://127.0.0.1:1'
    const answer = await poster(loopback)
      .send(url, {}, '{}')
      .finally(() => delete process.env['http_proxy'])
    expect(answer).toMatchObject({ status: 204 })
  })
})

describe('an answer', () => {
  it('may be huge, of which the beginning is read', async () => {
    const { url } = await receiver(({ response }) => {
      response.writeHead(200)
      const more = () => void (response.write('x'.repeat(65_536)) && setImmediate(more))
      response.on('drain', more).on('error', () => {})
      more()
    })
    const answer = await poster(loopback).send(url, {}, '{}')
    expect(answer).toMatchObject({ kind: 'answered', status: 200, begins: 'x'.repeat(500) })
  })

  it('may never end, and counts once its status is there', async () => {
    const { url } = await receiver(({ response }) => {
      response.writeHead(200)
      response.write('first words')
    })
    const answer = await poster(loopback).send(url, {}, '{}')
    expect(answer).toMatchObject({ kind: 'answered', status: 200, begins: 'first words' })
  })

  it.each<[string, (socket: Socket) => void, string]>([
    ['that does not come', () => {}, 'within 0.3 s'],
    [
      'whose headers come letter by letter',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx: ')
        const timer = setInterval(() => socket.write('y'), 20)
        socket.on('close', () => clearInterval(timer))
      },
      'within 0.3 s',
    ],
    [
      'with more headers than there may be',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}\r\n`),
      'not HTTP',
    ],
    ['that is none', (socket) => socket.end('SSH-2.0-OpenSSH\r\n'), 'not HTTP'],
    ['that breaks off', (socket) => socket.destroy(), 'cannot be reached'],
  ])('%s is none', async (_, onConnect, why) => {
    const url = await raw(onConnect)
    const timeoutMs = why.startsWith('within') ? 300 : 60_000
    const answer = await poster(loopback, systemResolve, timeoutMs).send(url, {}, '{}')
    expect(answer).toMatchObject({ kind: 'none', why: expect.stringContaining(why) })
  })

  it('says when it wants to be asked again', () => {
    expect(retryAfter('120', 0)).toBe(120_000)
    expect(retryAfter(new Date(90_000).toUTCString(), 30_000)).toBe(60_000)
    expect(retryAfter(new Date(0).toUTCString(), 30_000)).toBe(0)
    expect(retryAfter('soon', 0)).toBeUndefined()
  })
})
