import { hash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiKey } from '../access/key-ring.ts'
import { type Harness, openHarness } from '../../testing/harness.ts'

const key = (id: string, more: Partial<ApiKey> = {}): ApiKey => ({
  id,
  tenant: 'one',
  sha256: hash('sha256', id, 'hex'),
  scopes: ['admin', 'read'],
  ...more,
})

describe('keys', () => {
  let gateway: Harness
  beforeAll(async () => {
    const expiresAt = '2020-01-01T00:00:00Z'
    gateway = await openHarness({
      keys: [
        key('boss', { allTenants: true }),
        key('reader', { scopes: ['read'] }),
        key('old', { tenant: 'two', expiresAt }),
      ],
    })
  })
  afterAll(() => gateway.close())

  const ask = (path: string, id: string) =>
    fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${id}` } })

  it('are told to those who run the service, without what opens anything', async () => {
    const answer = await (await ask('/api/keys?tenant=*', 'boss')).text()
    expect(JSON.parse(answer)).toEqual({
      keys: [
        { id: 'boss', tenant: 'one', scopes: ['admin', 'read'], allTenants: true },
        { id: 'reader', tenant: 'one', scopes: ['read'], allTenants: false },
        {
          id: 'old',
          tenant: 'two',
          scopes: ['admin', 'read'],
          allTenants: false,
          expiresAt: expect.any(String),
        },
      ],
    })
    expect(answer).not.toContain(hash('sha256', 'boss', 'hex'))
    expect((await ask('/api/keys', 'reader')).status).toBe(403)
  })

  it('say of themselves what they may do', async () => {
    const answer: unknown = await (await ask('/api/key', 'reader')).json()
    expect(answer).toEqual({ id: 'reader', tenant: 'one', scopes: ['read'], allTenants: false, needed: true })
  })
})

it('without keys anyone may do everything, and is told so', async () => {
  const gateway = await openHarness()
  const [own, all] = await Promise.all(
    ['/api/key', '/api/keys'].map(async (path): Promise<unknown> =>
      (await fetch(`${gateway.url}${path}`)).json(),
    ),
  )
  await gateway.close()
  expect(own).toMatchObject({ id: 'anonymous', scopes: ['submit', 'read', 'admin'], needed: false })
  expect(all).toEqual({ keys: [] })
})
