import { createHmac } from 'node:crypto'
import type { WebhookFact } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { checkUrl, isOnInternet, mayReach } from './address.ts'
import { consumerOf, endpointsOf, isOfEndpoint } from './endpoint.ts'
import { secretOf, shownSecret, signatures, signingSecret } from './secret.ts'

const rules = { ports: new Set([443, 8443]), networks: [] }

describe('an address', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '1.1.1.1'])(
    '%s is on the internet',
    (each) => {
      expect(isOnInternet(each)).toBe(true)
    },
  )

  it.each(['10.0.0.1', '::ffff:1.1.1.1', 'fe80::1%eth0', '3fff::1', '4000::1', 'example.org', ''])(
    '%s is not',
    (each) => {
      expect(isOnInternet(each)).toBe(false)
    },
  )

  it('of a network that is allowed may be reached, and only that', () => {
    const reach = { internet: false, networks: ['10.1.0.0/16', 'fd00::/8'] }
    expect(['10.1.2.3', 'fd00::7'].map((each) => mayReach(each, reach))).toEqual([true, true])
    expect(['10.2.0.1', '::ffff:10.1.2.3', '1.1.1.1'].map((each) => mayReach(each, reach))).toEqual([
      false,
      false,
      false,
    ])
  })

  it('is https on a port that is allowed, but for networks that are', () => {
    expect(checkUrl('https://a.example/x?y', rules)).toMatchObject({ ok: true, reach: { internet: true } })
    expect(checkUrl('https://a.example:444/', rules)).toMatchObject({ ok: false })
    const own = { ...rules, networks: ['10.0.0.0/8'] }
    expect(checkUrl('http://10.0.0.1:9000/', own)).toMatchObject({ ok: true })
    expect(checkUrl('http://192.168.0.1:9000/', own)).toMatchObject({ ok: false })
    // What it stands for is not known here: it may be in the network, and nowhere else.
    expect(checkUrl('http://inside.example/', own)).toMatchObject({ ok: true, reach: { internet: false } })
  })
})

describe('a secret', () => {
  const key = Buffer.from('k'.repeat(32))

  it('derives from the key, its endpoint and its number, and is told from others by its print', () => {
    const prints = [
      signingSecret(key, 'a', 1),
      signingSecret(key, 'a', 2),
      signingSecret(key, 'b', 1),
      signingSecret(Buffer.from('l'.repeat(32)), 'a', 1),
    ].map(({ print }) => print)
    expect(new Set(prints).size).toBe(4)
    expect(signingSecret(key, 'a', 1).print).toBe(prints[0])
    expect(shownSecret(secretOf(key, 'a', 1))).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  })

  it('signs id, time and body; several of them sign beside each other', () => {
    const [one, two] = [secretOf(key, 'a', 1), secretOf(key, 'a', 2)]
    const by = (secret: Buffer) => createHmac('sha256', secret).update('m.17.{}').digest('base64')
    expect(signatures([one, two], { id: 'm', seconds: 17, body: '{}' })).toBe(`v1,${by(one)} v1,${by(two)}`)
  })
})

describe('an endpoint', () => {
  const time = '2030-01-01T00:00:00.000Z'
  const filter = { types: ['pdfsmaller.job.completed.v1' as const] }
  const facts: WebhookFact[] = [
    { id: '1', time, type: 'created', data: { url: 'https://a.example/', filter, from: 5, by: 'k' } },
    { id: '2', time, type: 'secret', data: { number: 1, print: 'p', by: 'k' } },
    { id: '3', time, type: 'failing', data: { since: time } },
    { id: '4', time, type: 'disabled', data: { because: 'failing', since: time } },
    { id: '5', time, type: 'resumed', data: { from: 9, by: 'k' } },
    { id: '6', time, type: 'deleted', data: { by: 'k' } },
  ]
  const after = (count: number) =>
    endpointsOf(
      facts
        .slice(0, count)
        .map((event, i) => ({ event, sequence: i + 1, subject: `webhook.t.e.${event.type}` })),
    )

  it('is the fold of its facts', () => {
    expect(after(3)).toMatchObject([{ tenant: 't', id: 'e', from: 5, generation: 1, failingSince: time }])
    expect(after(4)).toMatchObject([{ disabled: { because: 'failing', at: time } }])
    const [resumed] = after(5)
    expect(resumed).toMatchObject({ from: 9, generation: 5, disabled: undefined, failingSince: undefined })
    expect(resumed && consumerOf(resumed)).toBe('webhook-e-5')
    const id = '01a22d69-05b4-7f9a-9ac6-6d8116640829'
    const names = [consumerOf({ id, generation: 7 }), `webhook-${id}~1`, 'webhook-acme~crm-1', 'webhooks']
    expect(names.map(isOfEndpoint)).toEqual([true, false, false, false])
    expect(after(6)).toEqual([])
  })
})
