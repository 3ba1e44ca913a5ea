import { once } from 'node:events'
import { connect } from 'node:net'
import { JobPage, Problem } from '@pdf-smaller/contracts/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  act,
  aPdf,
  complete,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  start,
  until,
} from '../../testing/harness.ts'
import { testTasks } from '../../testing/tasks.ts'
import { catalogue } from '../catalogue.ts'
import { takesGzip } from './compress.ts'
import { takePort } from './front-door.ts'

let gateway: Harness
beforeAll(async () => {
  const compress = catalogue.filter(({ name }) => name === 'compress')
  gateway = await openHarness({ over: { catalogue: [...testTasks, ...compress] } })
})
afterAll(() => gateway.close())

const noop = async (body: unknown = {}) => jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, body))

/** What comes back over a connection for these bytes, until it is closed. */
async function raw(bytes: string, url = gateway.url): Promise<{ head: string; body: string }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(bytes)
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { head, body }
}
/** The problem that comes back for them. */
async function problemFor(bytes: string): Promise<Problem> {
  const { head, body } = await raw(bytes)
  expect(head).toMatch(/content-type: application\/problem\+json/i)
  const problem = Problem.parse(JSON.parse(body))
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${problem.status} `))
  return problem
}

describe('methods', () => {
  it('that an address does not take are refused with those that it takes, at every address', async () => {
    const { routes } = gateway.gateway
    for (const { url } of routes.filter(({ undocumented }) => !undocumented)) {
      const own = routes.filter((other) => other.url === url && !other.undocumented)
      const taken = [...new Set(['OPTIONS', ...own.flatMap(({ method }) => method)])]
      const address = gateway.url + url.replaceAll(/:\w+/g, 'x')
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
        // A parameter stands there for a fixed name as well.
        const isTaken = taken.includes(method) || (url === '/api/jobs/:id' && method === 'POST')
        if (isTaken) continue
        const answer = await fetch(address, { method })
        expect([method, url, await problemIn(answer)]).toMatchObject([method, url, { status: 405 }])
        const allowed = answer.headers.get('allow')?.split(', ') ?? []
        expect([url, allowed]).toEqual([url, expect.arrayContaining(taken)])
        expect([url, allowed]).not.toEqual([url, expect.arrayContaining([method])])
      }
      const options = await fetch(address, { method: 'OPTIONS' })
      expect([url, options.status, await options.text()]).toEqual([url, 204, ''])
      expect(options.headers.get('allow')).toContain('OPTIONS')
    }
    expect((await fetch(`${gateway.url}/nothing`, { method: 'OPTIONS' })).status).toBe(404)
    const server = await raw('OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    expect(server.head).toMatch(/^HTTP\/1.1 204 /)
    expect(await problemFor('CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n')).toMatchObject({ status: 405 })
  })

  it('HEAD tells of everything that GET gives, without it', async () => {
    const job = await complete(gateway, await noop(), { 'a.pdf': '%PDF-' })
    const urls = gateway.gateway.routes.flatMap(({ method, url }) => (method === 'GET' ? url : []))
    for (const url of urls) {
      const address = gateway.url + url.replace(':id', job.id).replace(':name', 'a.pdf')
      const head = await fetch(address, { method: 'HEAD' })
      expect([url, await head.text()]).toEqual([url, ''])
      const leaving = new AbortController()
      const whole = await fetch(address, { signal: leaving.signal })
      expect([url, head.status, head.headers.get('content-type')]).toEqual([
        url,
        whole.status,
        whole.headers.get('content-type'),
      ])
      leaving.abort()
    }
    expect((await fetch(`${gateway.url}/api/jobs/nothing`, { method: 'HEAD' })).status).toBe(404)
  })
})

describe('what is no request', () => {
  const host = 'host: localhost\r\n'

  it('is answered with a problem', async () => {
    for (const [bytes, status] of [
      ['nonsense\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\n${host}wrong\r\n\r\n`, 400],
      [`GET / HTTP/1.1\r\n${host}x: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
      [`GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431],
      [`POST /api/jobs HTTP/1.1\r\n${host}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`, 400],
      [`POST /api/jobs HTTP/1.1\r\n${host}content-length: x\r\n\r\n`, 400],
      [`GET /livez HTTP/1.1\r\n${host}${host}\r\n`, 400],
      ['GET /livez HTTP/1.1\r\n\r\n', 400],
      [`GET /%E0%A4%A HTTP/1.1\r\n${host}connection: close\r\n\r\n`, 400],
    ] as const)
      expect([bytes.slice(0, 60), await problemFor(bytes)]).toMatchObject([bytes.slice(0, 60), { status }])
    const old = await raw('GET /livez HTTP/1.0\r\n\r\n')
    expect(old.head).toMatch(/^HTTP\/1.1 200 /)
    const expecting = await raw(`GET /livez HTTP/1.1\r\n${host}expect: wonders\r\nconnection: close\r\n\r\n`)
    expect(expecting.head).toMatch(/^HTTP\/1.1 200 /)
  })

  it('does not break into an answer that has begun', async () => {
    const job = await noop()
    const follow = `GET /api/jobs/${job.id}/events HTTP/1.1\r\n${host}\r\n`
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    socket.write(follow)
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    await until(() => text.includes('requested'))
    socket.write('nonsense\r\n\r\n')
    await once(socket, 'close')
    expect(text).not.toContain('400')
  })
})

describe('bodies', () => {
  it('are JSON where they are not files, and may be left out whatever their type', async () => {
    const url = `${gateway.url}/api/tasks/noop/jobs`
    for (const type of ['text/plain', 'text/html', 'application/xml', 'application/x-www-form-urlencoded']) {
      const headers = { 'content-type': type }
      const refused = await fetch(url, { method: 'POST', body: '{}', headers })
      expect([type, await problemIn(refused)]).toMatchObject([type, { status: 415 }])
      await jobIn(await fetch(url, { method: 'POST', headers }))
    }
    await jobIn(await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' } }))
    const chunked = `POST /api/tasks/noop/jobs HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n`
    const empty = await raw(
      `${chunked}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    )
    expect(empty.head).toMatch(/^HTTP\/1.1 202 /)
    const job = await noop()
    const cancel = `${gateway.url}/api/jobs/${job.id}/cancel`
    expect((await fetch(cancel, { method: 'POST', headers: { 'content-type': 'text/plain' } })).status).toBe(
      200,
    )
  })

  it('name files with line feeds and quotes, which are kept apart from headers', async () => {
    for (const name of ['a\nb.pdf', 'a\r\nset-cookie: x.pdf', 'a"b.pdf', 'a\u0000b.pdf']) {
      const job = await jobIn(await post(`${gateway.url}/api/tasks/echo/jobs`, form([[name, aPdf()]])))
      const [input] = job.inputs
      expect(input?.name).not.toMatch(/\p{C}|%0/u)
      const done = await complete(gateway, job, { [name]: 'x' })
      const file = await fetch(`${gateway.url}/api/jobs/${done.id}/result`)
      expect([name, file.status, file.headers.get('set-cookie')]).toEqual([name, 200, null])
      expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[^"]+"; filename\*=/)
      const upload = await post(`${gateway.url}/api/uploads`, { name })
      const { url } = z.object({ url: z.string() }).parse(await upload.json())
      const sent = await fetch(gateway.url + url, { method: 'PUT', body: aPdf() })
      expect([name, sent.status]).toEqual([name, 200])
    }
  })
})

describe('answers', () => {
  it('are packed for those who take that', async () => {
    await Promise.all(Array.from({ length: 5 }, () => noop()))
    for (const [accept, isPacked] of [
      ['gzip', true],
      ['identity', false],
      ['gzip;q=0', false],
    ] as const) {
      // fetch unpacks what comes.
      const answer = await fetch(`${gateway.url}/api/jobs`, { headers: { 'accept-encoding': accept } })
      expect([accept, answer.headers.get('content-encoding')]).toEqual([accept, isPacked ? 'gzip' : null])
      expect(answer.headers.get('vary')).toBe('accept-encoding')
      expect(JobPage.parse(await answer.json()).jobs.length).toBeGreaterThan(4)
    }
    expect(takesGzip('br, *;q=0.1')).toBe(true)
    expect(takesGzip('*, gzip;q=0.0')).toBe(false)
    expect(takesGzip(undefined)).toBe(false)
  })

  it('of lists have only the fields that are asked for', async () => {
    const job = await noop({ tag: 'thin' })
    const list = await fetch(`${gateway.url}/api/jobs?tag=thin&fields=id,status`)
    expect(await list.json()).toEqual({ jobs: [{ id: job.id, status: 'queued' }] })
    const wrong = await problemIn(await fetch(`${gateway.url}/api/jobs?fields=id,nonsense`))
    expect(wrong).toMatchObject({ status: 400, errors: [{ pointer: '/fields/1' }] })
  })

  it('of a request that is repeated under its key say so', async () => {
    const ask = (path: string, body: unknown, key: string) =>
      post(`${gateway.url}${path}`, body, { 'idempotency-key': key })
    const job = await complete(gateway, await noop())
    for (const [path, body] of [
      ['/api/tasks/noop/jobs', {}],
      ['/api/jobs', { jobs: [{ task: 'noop' }] }],
      [`/api/jobs/${job.id}/retry`, undefined],
    ] as const) {
      const answers = [await ask(path, body, `k${path}`), await ask(path, body, `k${path}`)]
      const told = answers.map(({ headers }) => headers.get('idempotent-replayed'))
      expect([path, told]).toEqual([path, [null, 'true']])
    }
  })

  it('of a job wait for its outcome where that is preferred', async () => {
    const job = await noop()
    const url = `${gateway.url}/api/jobs/${job.id}`
    const running = await start(gateway, job)
    const waiting = fetch(url, { headers: { prefer: 'wait=60' } })
    const other = fetch(url, { headers: { prefer: 'wait=0' } })
    expect(await jobIn(await other, 200)).toMatchObject({ status: 'running' })
    await act(gateway, running, { type: 'Cancel', by: 'me', reason: '' })
    const answer = await waiting
    expect(answer.headers.get('preference-applied')).toBe('wait=60')
    expect(await jobIn(answer, 200)).toMatchObject({ status: 'cancelled' })
  })

  it('name the levels where one is wrong, and the option that is unknown', async () => {
    const ask = async (options: unknown) =>
      problemIn(
        await post(
          `${gateway.url}/api/tasks/compress/jobs`,
          form([aPdf()], { options: JSON.stringify(options) }),
        ),
      )
    const { errors, detail } = await ask({ level: 'ultra', nonsense: 1, 'a/b': 2 })
    expect(errors?.map(({ pointer }) => pointer)).toEqual([
      '/options/level',
      '/options/nonsense',
      '/options/a~1b',
    ])
    for (const level of ['low', 'medium', 'high', 'maximum']) expect(detail).toContain(level)
    const body = await problemIn(await post(`${gateway.url}/api/tasks/noop/jobs`, { nonsense: 1 }))
    expect(body.errors).toMatchObject([{ pointer: '/nonsense' }])
    const query = await problemIn(await fetch(`${gateway.url}/api/jobs?nonsense=1`))
    expect(query.errors).toMatchObject([{ pointer: '/nonsense' }])
  })
})

it('holds so many connections, and tells the next that there are too many', async () => {
  const { config } = gateway.options
  const bounded = await gateway.replica({ door: await takePort({ ...config, MAX_CONNECTIONS: 3 }) })
  const port = Number(new URL(bounded.url).port)
  const sockets = Array.from({ length: 3 }, () => connect(port, '127.0.0.1'))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  const ask = () => raw('GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', bounded.url)
  await until(async () => (await ask()).head.startsWith('HTTP/1.1 503'))
  const { head, body } = await ask()
  expect(head).toMatch(/retry-after: \d+/i)
  expect(Problem.parse(JSON.parse(body))).toMatchObject({ code: 'overloaded', status: 503 })
  sockets[0]?.destroy()
  await until(async () => (await ask()).head.startsWith('HTTP/1.1 200'))
  for (const socket of sockets) socket.destroy()
})
