import { createHash, randomBytes } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Writable } from 'node:stream'
import { StreamToken, type Scope } from '@pdf-smaller/contracts/http'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complete, type Harness, jobIn, openHarness, post, problemIn, until } from '../../testing/harness.ts'
import { listen } from '../../testing/listen.ts'
import type { ApiKey } from './key-ring.ts'

const secrets = new Map<string, string>()
function key(id: string, tenant: string, scopes: Scope[], more: Partial<ApiKey> = {}): ApiKey {
  const secret = randomBytes(32).toString('base64url')
  secrets.set(id, secret)
  return { id, tenant, sha256: createHash('sha256').update(secret).digest('hex'), scopes, ...more }
}
const bearer = (id: string) => ({ authorization: `Bearer ${secrets.get(id)}` })

const page = 'https://app.example.org'
const keys = [
  key('alice', 'a', ['submit', 'read']),
  key('bob', 'b', ['submit', 'read']),
  key('all', 'ops', ['read', 'admin'], { allTenants: true }),
  key('ops', 'ops', ['submit', 'read']),
  key('half', 'ops', ['read'], { allTenants: true }),
  key('admin', 'ops', ['read', 'admin']),
]

let logged = ''
let gateway: Harness
beforeAll(async () => {
  const sink = new Writable({ write: (chunk, _, done) => ((logged += String(chunk)), done()) })
  const log = pino({ level: 'debug' }, sink)
  gateway = await openHarness({ keys, env: { PDF_SMALLER_CORS_ORIGINS: page }, over: { log } })
})
afterAll(() => gateway.close())

const events = (query = '') => `${gateway.url}/api/events?from=0${query}`
const noop = async (id: string) => jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, {}, bearer(id)))
async function token(id: string, body: unknown = {}): Promise<StreamToken> {
  const answer = await post(`${gateway.url}/api/stream-tokens`, body, bearer(id))
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store'])
  return StreamToken.parse(await answer.json())
}
const codeOf = async (answer: Promise<Response>) => (await problemIn(await answer)).code

describe('whose events', () => {
  it('are told: those of the own tenant, and of others only where the key says so', async () => {
    const [a, b] = [await noop('alice'), await noop('bob')]
    for (const [id, query, expected] of [
      ['alice', '', [a.id]],
      ['alice', '&tenant=a', [a.id]],
      ['bob', '', [b.id]],
      ['all', '&tenant=*', [a.id, b.id]],
      ['all', '&tenant=b', [b.id]],
    ] as const) {
      const reader = listen(events(query), bearer(id))
      await until(() => reader.told.length === expected.length)
      expect([id, reader.told.map(({ data }) => JSON.parse(data).subject)]).toEqual([id, expected])
      await reader.leave()
    }
    for (const id of ['alice', 'half', 'admin'])
      for (const tenant of ['*', 'b'])
        expect([id, await codeOf(fetch(events(`&tenant=${tenant}`), { headers: bearer(id) }))]).toEqual([
          id,
          'forbidden',
        ])
  })
})

describe('a stream token', () => {
  it('opens streams of its tenant, and nothing else', async () => {
    const job = await noop('alice')
    const { token: own, tenant } = await token('alice')
    expect(tenant).toBe('a')
    const ofJob = `${gateway.url}/api/jobs/${job.id}/events?token=${own}`
    for (const url of [events(`&token=${own}`), ofJob]) {
      const reader = listen(url)
      await until(() => reader.told.length > 0)
      await reader.leave()
    }
    expect(await codeOf(fetch(events(`&tenant=b&token=${own}`)))).toBe('forbidden')
    const others = `${gateway.url}/api/jobs/${(await noop('bob')).id}/events?token=${own}`
    expect(await codeOf(fetch(others))).toBe('unknown_job')
    for (const url of [`/api/jobs/${job.id}`, `/api/jobs`, `/api/jobs/${job.id}/history`])
      expect((await fetch(`${gateway.url}${url}?token=${own}`)).status).toBe(401)
    const asKey = { headers: { authorization: `Bearer ${own}` } }
    expect((await fetch(`${gateway.url}/api/jobs`, asKey)).status).toBe(401)
  })

  it('of another tenant opens nothing of the own one', async () => {
    const { token: ofB } = await token('all', { tenant: 'b' })
    const statusOf = async (id: string) => {
      const job = await noop(id)
      const reader = listen(`${gateway.url}/api/jobs/${job.id}/events?token=${ofB}`)
      const status = await reader.status
      await reader.leave()
      return status
    }
    expect([await statusOf('bob'), await statusOf('alice'), await statusOf('ops')]).toEqual([200, 404, 404])
    expect(await codeOf(fetch(events(`&tenant=*&token=${ofB}`)))).toBe('forbidden')
  })

  it('may be of all tenants where its key is, and says so', async () => {
    const { token: all, tenant } = await token('all', { tenant: '*' })
    expect(tenant).toBe('*')
    const reader = listen(events(`&token=${all}`))
    await until(() => reader.told.length > 1)
    await reader.leave()
    const refused = post(`${gateway.url}/api/stream-tokens`, { tenant: '*' }, bearer('alice'))
    expect(await codeOf(refused)).toBe('forbidden')
  })

  it('is refused when it is changed, or expired, or its key is gone', async () => {
    const { token: own } = await token('alice')
    const [claims = '', signature = ''] = own.split('.')
    const forged = Buffer.from(Buffer.from(claims, 'base64url').toString().replace('"a"', '"b"')).toString(
      'base64url',
    )
    for (const wrong of [`${forged}.${signature}`, `${claims}.`, claims, `${own}.x`, 'x', ''])
      expect([wrong, await codeOf(fetch(events(`&token=${wrong}`)))]).toEqual([wrong, 'unauthorized'])
    let now = new Date()
    const later = await gateway.replica({ clock: () => now })
    const url = `${later.url}/api/events?from=0&token=${own}`
    // Another gateway on the same data folder takes it.
    const reader = listen(url)
    expect(await reader.status).toBe(200)
    await reader.leave()
    now = new Date(now.getTime() + 301_000)
    expect(await codeOf(fetch(url))).toBe('unauthorized')
  })

  it('is written to no log, and ends with its key', async () => {
    const { token: own } = await token('bob')
    const reader = listen(events(`&token=${own}`))
    await until(() => reader.told.length > 0)
    await fetch(`${gateway.url}/api/events?token=${own}x`)
    const file = path.join(gateway.folder, 'keys.json')
    await writeFile(`${file}.new`, JSON.stringify(keys.filter(({ id }) => id !== 'bob')))
    await rename(`${file}.new`, file)
    await until(async () => (await fetch(events(`&token=${own}`))).status === 401)
    await reader.leave()
    await until(() => logged.includes('token=(hidden)'))
    expect(logged).not.toContain(own.slice(0, 20))
  })
})

describe('pages of other origins', () => {
  const ask = (origin: string, method = 'GET') => ({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': method },
  })

  it('may use the API with a key where they are allowed', async () => {
    const asked = await fetch(`${gateway.url}/api/tasks/noop/jobs`, ask(page, 'POST'))
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-origin')).toBe(page)
    expect(asked.headers.get('access-control-allow-methods')).toContain('POST')
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization')
    const job = await complete(gateway, await noop('alice'))
    const headers = { ...bearer('alice'), origin: page }
    for (const url of ['/api/jobs', `/api/jobs/${job.id}/events`, '/api/jobs/nothing', '/nothing']) {
      const answer = await fetch(gateway.url + url, { headers })
      const { headers: told } = answer
      expect([url, told.get('access-control-allow-origin'), told.get('vary')?.split(', ')[0]]).toEqual([
        url,
        page,
        'origin',
      ])
      expect(told.get('access-control-allow-credentials')).toBeNull()
      await answer.body?.cancel()
    }
    expect((await fetch(`${gateway.url}/api/jobs`, { headers: { origin: page } })).status).toBe(401)
  })

  it('may not where they are not', async () => {
    for (const origin of ['https://evil.example', 'http://app.example.org', `${page}.evil.example`, 'null']) {
      const asked = await fetch(`${gateway.url}/api/jobs`, ask(origin))
      expect([origin, asked.headers.get('access-control-allow-origin')]).toEqual([origin, null])
      expect(asked.headers.get('access-control-allow-methods')).toBeNull()
      const answer = await fetch(`${gateway.url}/api/jobs`, { headers: { ...bearer('alice'), origin } })
      expect([origin, answer.headers.get('access-control-allow-origin')]).toEqual([origin, null])
    }
  })

  it('are not let in without keys, nor by what is no origin', async () => {
    const env = (origins: string) => ({ PDF_SMALLER_CORS_ORIGINS: origins })
    await expect(openHarness({ env: env(page) })).rejects.toThrow('PDF_SMALLER_KEYS_FILE')
    for (const origins of ['*', `${page}/`, 'app.example.org', `${page}, null`])
      await expect(openHarness({ keys, env: env(origins) })).rejects.toThrow('is no origin')
  })
})
