import { createHash, randomBytes } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complete, type Harness, jobIn, openHarness, post, problemIn, until } from '../../testing/harness.ts'
import { pageFolder } from '../../testing/page-folder.ts'
import type { Scope } from '@pdf-smaller/contracts/http'
import type { ApiKey } from './key-ring.ts'

const secrets = new Map<string, string>()

function key(id: string, tenant: string, scopes: Scope[], more: Partial<ApiKey> = {}): ApiKey {
  const secret = randomBytes(32).toString('base64url')
  secrets.set(id, secret)
  return { id, tenant, sha256: createHash('sha256').update(secret).digest('hex'), scopes, ...more }
}

const bearer = (id: string) => ({ authorization: `Bearer ${secrets.get(id)}` })

const keys = [
  key('alice', 'a', ['submit', 'read']),
  key('bob', 'b', ['submit', 'read', 'admin']),
  key('reader', 'a', ['read']),
  key('sender', 'a', ['submit']),
  key('old', 'a', ['read'], { expiresAt: '2020-01-01T00:00:00Z' }),
  key('slow', 'a', ['read'], { requestsPerMinute: 3 }),
  key('small', 'a', ['submit'], { maxUploadMb: 0.001 }),
]

let gateway: Harness
let own: string
/** Every route with what it takes, as a request for one job of tenant a. */
let routes: { method: string; url: string; open: boolean; scope: string }[]

beforeAll(async () => {
  gateway = await openHarness({ keys, over: { page: await pageFolder() } })
  const job = await jobIn(await post(`${gateway.url}/api/jobs/noop`, {}, bearer('alice')))
  await complete(gateway, job, { 'a.pdf': '%PDF-' })
  own = job.id
  routes = gateway.gateway.routes.flatMap(({ method, url, access }) =>
    [method].flat().map((method) => ({ method, url, open: access === 'open', scope: access })),
  )
})
afterAll(() => gateway.close())

/** What is well formed, where an empty object is not. */
const bodies: Record<string, string> = {
  '/api/event-consumers': '{"name":"a"}',
  '/api/jobs': '{"jobs":[{"task":"noop"}]}',
  '/api/jobs/:id/corrections': '{"field":"documentType","value":"invoice"}',
}

/** Sends a request to a route, with a body that is well formed where one is due, and takes the whole answer. */
async function ask(
  route: { method: string; url: string },
  headers: Record<string, string>,
): Promise<Response> {
  const schema = route.url.replace(':kind/:file', 'events/pdfsmaller.job.requested.v1.json')
  const address = schema
    .replace('/assets/:file', '/assets/a-1.js')
    .replace(':file', 'output-1')
    .replace(':page', '1')
    .replace(':id', own)
    .replace(':name', '0-file.pdf')
    .replace(':task', 'noop')
  const { method } = route
  const body = method === 'PUT' ? '%PDF-1.7' : (bodies[route.url] ?? '{}')
  const type = method === 'PUT' ? 'application/pdf' : 'application/json'
  const answer = await fetch(`${gateway.url}${address}`, {
    method,
    headers: { ...headers, ...(method === 'GET' || method === 'HEAD' ? {} : { 'content-type': type }) },
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  })
  const { status } = answer
  return new Response(status === 204 ? null : await answer.arrayBuffer(), { status, headers: answer.headers })
}

describe('every route', () => {
  it('is known to this test', () => {
    expect(routes.map(({ method, url, scope }) => `${scope} ${method} ${url}`).sort()).toMatchSnapshot()
  })

  it('asks for a key, unless it is open', async () => {
    for (const route of routes) {
      const answers = await Promise.all(
        [{}, { authorization: 'Bearer x' }, bearer('old'), { authorization: 'Basic eA==' }].map((headers) =>
          ask(route, headers),
        ),
      )
      for (const answer of answers) {
        if (route.open) expect([route, answer.status < 400]).toEqual([route, true])
        else
          expect([route, answer.status, answer.headers.get('www-authenticate')]).toEqual([
            route,
            401,
            'Bearer',
          ])
      }
    }
  })

  it('asks for its scope', async () => {
    for (const route of routes.filter(({ open }) => !open)) {
      const without = { submit: 'reader', read: 'sender', admin: 'alice' }[route.scope] ?? ''
      expect([route, (await ask(route, bearer(without))).status]).toEqual([route, 403])
    }
  })

  it('knows no jobs of others', async () => {
    const ofJobs = routes.filter(({ url }) => url.startsWith('/api/jobs/:id'))
    expect(ofJobs.length).toBeGreaterThan(9)
    for (const route of ofJobs) {
      const answer = await ask(route, bearer('bob'))
      expect([route, answer.status]).toEqual([route, 404])
      if (route.method !== 'HEAD') expect(await problemIn(answer)).toMatchObject({ code: 'unknown_job' })
    }
    const list = await fetch(`${gateway.url}/api/jobs`, { headers: bearer('bob') })
    expect(await list.json()).toMatchObject({ jobs: [] })
  })

  it('knows no uploads of others', async () => {
    const begun = await post(`${gateway.url}/api/uploads`, undefined, bearer('alice'))
    const { uploadId, url }: { uploadId: string; url: string } = JSON.parse(await begun.text())
    const headers = { ...bearer('alice'), 'content-type': 'application/pdf' }
    await fetch(`${gateway.url}${url}`, { method: 'PUT', body: '%PDF-1.7', headers })
    const upload = { upload: uploadId }
    const requests: [string, unknown][] = [
      ['/api/estimate', { input: upload }],
      ['/api/jobs', { jobs: [{ task: 'echo', inputs: [upload] }] }],
      ['/api/jobs/echo', { inputs: [upload] }],
      [`/api/uploads/${uploadId}/complete`, {}],
    ]
    for (const [route, body] of requests) {
      const answer = await post(`${gateway.url}${route}`, body, bearer('bob'))
      expect([route, await problemIn(answer)]).toMatchObject([route, { code: 'unknown_upload' }])
    }
    expect((await post(`${gateway.url}/api/estimate`, { input: upload }, bearer('alice'))).status).toBe(200)
  })
})

describe('a key', () => {
  it('is told to be expired, and never where it does not belong', async () => {
    const { detail } = await problemIn(await fetch(`${gateway.url}/api/jobs`, { headers: bearer('old') }))
    expect(detail).toContain('expired at 2020')
    expect(detail).not.toContain(secrets.get('old'))
  })

  it('bounds what is uploaded', async () => {
    const upload = await fetch(`${gateway.url}/api/uploads/0198f0a0-0000-7000-8000-000000000000`, {
      method: 'PUT',
      body: `%PDF-${'x'.repeat(2000)}`,
      headers: { ...bearer('small'), 'content-type': 'application/pdf' },
    })
    expect(await problemIn(upload)).toMatchObject({ status: 413, code: 'too_large' })
  })

  it('bounds the requests of a minute', async () => {
    const ask = () => fetch(`${gateway.url}/api/jobs`, { headers: bearer('slow') })
    const first = await ask()
    expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=3;w=60')
    expect(first.headers.get('ratelimit')).toMatch(/^"requests";r=2;t=\d+$/)
    await ask()
    await ask()
    const refused = await ask()
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(10)
    expect(await problemIn(refused)).toMatchObject({ status: 429, code: 'rate_limited', retryable: true })
    expect((await fetch(`${gateway.url}/api/jobs`, { headers: bearer('reader') })).status).toBe(200)
  })

  it('counts from the moment that its file says so', async () => {
    const later = key('later', 'a', ['read'])
    const file = path.join(gateway.folder, 'keys.json')
    const status = async () => (await fetch(`${gateway.url}/api/jobs`, { headers: bearer('later') })).status
    expect(await status()).toBe(401)
    await writeFile(`${file}.new`, JSON.stringify([...keys, later]))
    await rename(`${file}.new`, file)
    await until(async () => (await status()) === 200)
    await writeFile(file, 'nonsense')
    await until(async () => (await status()) === 200)
  })
})

describe('a gateway without keys', () => {
  it('does not listen where strangers reach it, unless that is wanted', async () => {
    const env = { PDF_SMALLER_HOST: '0.0.0.0' }
    await expect(openHarness({ env })).rejects.toThrow('PDF_SMALLER_KEYS_FILE')
    const open = await openHarness({ env: { ...env, PDF_SMALLER_OPEN_TO_ANYONE: 'true' } })
    const port = new URL(open.url).port
    expect(await statusFor(port, { host: 'pdf.example.org' })).toBe(200)
    expect(await statusFor(port, { host: 'pdf.example.org', origin: 'http://evil.example' })).toBe(403)
    await open.close()
  })

  it('keeps pages of other sites away', async () => {
    const local = await openHarness({ env: { PDF_SMALLER_PUBLIC_URL: 'https://pdf.example.org/' } })
    const { port, host } = new URL(local.url)
    for (const headers of [
      { host },
      { host: `localhost:${port}`, origin: `http://localhost:${port}` },
      { host: 'pdf.example.org', origin: 'https://pdf.example.org' },
      { host: `[::1]:${port}` },
    ])
      expect([headers, await statusFor(port, headers)]).toEqual([headers, 200])
    for (const headers of [
      { host: `rebound.example:${port}` },
      { host: '127.0.0.1.evil.example' },
      { host, origin: 'https://evil.example' },
      { host, origin: 'null' },
      { host, origin: `http://localhost:${port}` },
    ])
      expect([headers, await statusFor(port, headers)]).toEqual([headers, 403])
    await local.close()
  })
})

/** fetch does not let the Host header be set. */
function statusFor(port: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/api/jobs', headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .once('error', reject)
      .end()
  })
}
