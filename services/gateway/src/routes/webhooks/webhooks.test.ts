import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { complete, type Harness, jobIn, openHarness, post, problemIn } from '../../../testing/harness.ts'

const Webhook = z.looseObject({ id: z.string(), status: z.string(), secretKey: z.string().optional() })
const keyOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
const [alice, bob] = ['alice-key-0123456789', 'bob-key-0123456789']

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness({
    env: { PDF_SMALLER_WEBHOOK_ENDPOINTS: '3' },
    keys: [
      { id: 'a', tenant: 'a', sha256: keyOf(alice), scopes: ['submit', 'read', 'admin'] },
      { id: 'b', tenant: 'b', sha256: keyOf(bob), scopes: ['submit', 'read', 'admin'] },
      { id: 'r', tenant: 'a', sha256: keyOf('reader'), scopes: ['read'] },
    ],
  })
})
afterAll(() => gateway.close())

const by = (key: string) => ({ authorization: `Bearer ${key}` })
const at = (path = '') => `${gateway.url}/api/webhooks${path}`
async function make(body: object, key = alice) {
  const answer = await post(at(), body, by(key))
  expect(answer.status).toBe(201)
  return Webhook.parse(await answer.json())
}
const get = async (path: string, key = alice): Promise<unknown> =>
  (await fetch(at(path), { headers: by(key) })).json()

describe('webhooks', () => {
  it('are made, told of without their secret, changed and deleted', async () => {
    const { secretKey, ...made } = await make({ url: 'https://a.example/hook?t=1', tags: ['x'] })
    expect(Buffer.from(secretKey?.slice('whsec_'.length) ?? '', 'base64')).toHaveLength(32)
    expect(made).toMatchObject({ status: 'enabled', tags: ['x'], secret: { number: 1 }, createdBy: 'a' })
    expect(made['types']).toContain('pdfsmaller.job.completed.v1')
    expect(await get('')).toEqual({ webhooks: [made] })
    expect(await get(`/${made.id}`)).toEqual(made)

    const changed = await fetch(at(`/${made.id}`), {
      method: 'PUT',
      headers: { ...by(alice), 'content-type': 'application/json' },
      body: JSON.stringify({ url: 'https://b.example/', tasks: ['compress'] }),
    })
    expect(await changed.json()).toMatchObject({ url: 'https://b.example/', tasks: ['compress'] })
    expect(await get(`/${made.id}`)).not.toHaveProperty('tags')

    const gone = await fetch(at(`/${made.id}`), { method: 'DELETE', headers: by(alice) })
    expect(gone.status).toBe(204)
    expect((await problemIn(await fetch(at(`/${made.id}`), { headers: by(alice) }))).code).toBe(
      'unknown_webhook',
    )
    expect(await get('')).toEqual({ webhooks: [] })
  })

  it('belong to their tenant alone', async () => {
    const { id } = await make({ url: 'https://a.example/' })
    expect(await get('', bob)).toEqual({ webhooks: [] })
    for (const path of ['', '/rotate', '/ping', '/resume', '/disable', '/deliveries/1/redeliver']) {
      const answer = path
        ? post(at(`/${id}${path}`), undefined, by(bob))
        : fetch(at(`/${id}`), { headers: by(bob) })
      expect((await problemIn(await answer)).code, path).toBe('unknown_webhook')
    }
    const reader = await post(at(`/${id}/rotate`), undefined, by('reader'))
    expect((await problemIn(reader)).code).toBe('forbidden')
    await fetch(at(`/${id}`), { method: 'DELETE', headers: by(alice) })
  })

  it('get a new secret beside the old one, for a while', async () => {
    const { id, secretKey } = await make({ url: 'https://a.example/' })
    const rotated = Webhook.parse(await (await post(at(`/${id}/rotate`), {}, by(alice))).json())
    expect(rotated.secretKey).not.toBe(secretKey)
    expect(rotated).toMatchObject({ secret: { number: 2, previousUntil: expect.any(String) } })
    await fetch(at(`/${id}`), { method: 'DELETE', headers: by(alice) })
  })

  it('are as many as a tenant may have, also when they are asked for at once', async () => {
    const asked = Array.from({ length: 6 }, () => post(at(), { url: 'https://a.example/' }, by(bob)))
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 201, 403, 403, 403,
    ])
    const refused = answers.find(({ status }) => status === 403)
    expect(refused && (await problemIn(refused)).code).toBe('too_many_webhooks')
    for (const answer of answers.filter(({ status }) => status === 201))
      await fetch(at(`/${Webhook.parse(await answer.json()).id}`), { method: 'DELETE', headers: by(bob) })
  })

  it.each([
    'http://a.example/',
    'https://a.example:22/',
    'https://user:word@a.example/',
    'ftp://a.example/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest',
    'https://10.0.0.1/',
  ])('are not made for %s', async (url) => {
    const answer = await post(at(), { url }, by(alice))
    expect((await problemIn(answer)).code).toBe('refused_address')
  })

  it('sign the addresses that jobs name, or these are refused', async () => {
    const job = (webhook: string) => post(`${gateway.url}/api/tasks/noop/jobs`, { webhook }, by(alice))
    expect((await problemIn(await job('https://a.example/'))).code).toBe('unsigned_webhook')
    const { id } = await make({})
    expect((await problemIn(await job('https://10.0.0.1/'))).code).toBe('refused_address')
    const accepted = await jobIn(await job('https://a.example/7'))
    expect(accepted.webhook).toBe('https://a.example/7')
    const second = await problemIn(await post(at(), {}, by(alice)))
    expect(second).toMatchObject({ status: 409, code: 'webhook_exists' })
    expect(second.detail).toContain(id)
    expect(second.detail).not.toContain('PDF_SMALLER_WEBHOOK_ENDPOINTS')
    await post(at(`/${id}/disable`), undefined, by(alice))
    expect((await problemIn(await job('https://a.example/'))).code).toBe('unsigned_webhook')
    await fetch(at(`/${id}`), { method: 'DELETE', headers: by(alice) })
  })

  it('keep their place while they are disabled, and go back where that is asked', async () => {
    const { id } = await make({ url: 'https://a.example/', from: 1 })
    const disabled = await post(at(`/${id}/disable`), undefined, by(alice))
    expect(await disabled.json()).toMatchObject({
      status: 'disabled',
      disabled: { because: 'by hand', by: 'a' },
    })
    expect(await (await post(at(`/${id}/resume`), undefined, by(alice))).json()).toMatchObject({
      status: 'enabled',
    })
    const behind = await post(at(`/${id}/backfill`), { from: 1e9 }, by(alice))
    expect((await problemIn(behind)).code).toBe('invalid_request')
    expect((await post(at(`/${id}/backfill`), { from: 0 }, by(alice))).status).toBe(200)

    const job = await jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, {}, by(alice)))
    const { revision } = await complete(gateway, job)
    const again = await post(at(`/${id}/deliveries/${revision}/redeliver`), undefined, by(alice))
    expect(await again.json()).toEqual({ messageId: expect.any(String) })
    const own = await make({ url: 'https://a.example/' }, bob)
    const foreign = await post(at(`/${own.id}/deliveries/${revision}/redeliver`), undefined, by(bob))
    expect((await problemIn(foreign)).code).toBe('unknown_event')
    const none = await post(at(`/${id}/deliveries/${revision + 1}/redeliver`), undefined, by(alice))
    expect((await problemIn(none)).code).toBe('unknown_event')
    expect(await get(`/${id}/deliveries`)).toEqual({ deliveries: [] })
  })
})
