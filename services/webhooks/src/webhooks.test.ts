import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openWebhooking, type Webhooking } from '../testing/harness.ts'
import type { Received } from '../testing/receiver.ts'

let system: Webhooking
beforeAll(async () => {
  system = await openWebhooking()
})
afterAll(() => system.close())

const Told = z.object({
  id: z.string(),
  type: z.string(),
  sequence: z.int(),
  data: z.looseObject({ jobId: z.string(), status: z.string(), tag: z.string().optional() }),
})
const told = ({ body }: Received) => Told.parse(JSON.parse(body))
const jobsOf = (got: readonly Received[]) => got.map((each) => told(each).data.jobId)
const verified = (secret: string, { body, headers }: Received) => new Webhook(secret).verify(body, headers)

/** What is scheduled for the past is due at once, so that no test waits for a retry. */
const longAgo = () => new Date(Date.now() - 40 * 86_400_000)

describe('an endpoint', () => {
  it('is told how jobs end, signed, with links and until when they hold', async () => {
    const service = await system.start()
    const receiver = await system.receiver()
    const { id, secretKey } = await system.make({ url: `${receiver.url}/hook` })
    const tag = `"}\n</script>\u2028${'\u{1f4a5}'.repeat(40)}`
    const job = await system.done({ tag }, { '../"evil".pdf': 'contents' })
    const [first] = await receiver.has(1)
    if (!first) throw new Error('nothing came')
    expect(verified(secretKey, first)).toMatchObject({
      id: first.id,
      type: 'pdfsmaller.job.completed.v1',
      sequence: job.revision,
      data: {
        tenant: 'default',
        jobId: job.id,
        task: 'noop',
        status: 'completed',
        tag,
        outputs: { files: 1, bytes: 8 },
        links: {
          self: `https://pdf.example/api/jobs/${job.id}`,
          result: `https://pdf.example/api/jobs/${job.id}/result`,
          filesUntil: new Date(Date.parse(job.finishedAt ?? '') + 7 * 86_400_000).toISOString(),
        },
      },
    })
    expect(Buffer.byteLength(first.body)).toBeLessThan(20_000)
    expect(first.headers['content-type']).toBe('application/json')
    await system.until(async () => (await system.deliveries(id)).deliveries.length === 1)
    const { deliveries } = await system.deliveries(id)
    expect(deliveries).toMatchObject([
      { messageId: first.id, outcome: 'delivered', status: 204, attempt: 1, sequence: job.revision },
    ])
    await system.remove(id)
    await service.stop()
  })

  it('is signed for by the old and the new secret while they overlap, and then by the new one', async () => {
    const service = await system.start()
    const receiver = await system.receiver()
    const { id, secretKey: old } = await system.make({ url: receiver.url })
    const { secretKey: fresh } = await system.ask(id, 'rotate', { overlapSeconds: 3600 })
    await system.done()
    const [both] = await receiver.has(1)
    if (!both) throw new Error('nothing came')
    expect([verified(old, both), verified(fresh, both)]).toHaveLength(2)
    const { secretKey: newest } = await system.ask(id, 'rotate', { overlapSeconds: 0 })
    await system.done()
    const [, second] = await receiver.has(2)
    if (!second) throw new Error('nothing came')
    expect(() => verified(fresh, second)).toThrow('No matching signature')
    expect(verified(newest, second)).toBeTruthy()
    await system.remove(id)
    await service.stop()
  })

  it('is told what its filters pick', async () => {
    const service = await system.start()
    const [ofTag, ofStarts] = [await system.receiver(), await system.receiver()]
    const one = await system.make({ url: ofTag.url, tags: ['mine'], tasks: ['noop'] })
    const other = await system.make({ url: ofStarts.url, types: ['pdfsmaller.job.started.v1'] })
    await system.done({ tag: 'other' })
    const mine = await system.done({ tag: 'mine' })
    expect(jobsOf(await ofTag.has(1))).toEqual([mine.id])
    expect((await ofStarts.has(2)).map((each) => told(each).type)).toEqual([
      'pdfsmaller.job.started.v1',
      'pdfsmaller.job.started.v1',
    ])
    await Promise.all([system.remove(one.id), system.remove(other.id)])
    await service.stop()
  })

  it('holds up no other while it is slow, not even that of another job', async () => {
    const service = await system.start()
    const [slow, fast] = [await system.receiver(() => {}), await system.receiver()]
    const hooks = [
      await system.make({ url: slow.url }),
      await system.make({ url: fast.url }),
      await system.make({}),
    ]
    const jobs = []
    for (let n = 0; n < 6; n++) jobs.push((await system.done({ webhook: `${slow.url}/own` })).id)
    for (let n = 0; n < 6; n++) jobs.push((await system.done({ webhook: `${fast.url}/own` })).id)
    const got = await fast.has(18)
    expect(jobsOf(got.filter(({ path }) => path === '/')).toSorted()).toEqual(jobs.toSorted())
    expect(jobsOf(got.filter(({ path }) => path === '/own')).toSorted()).toEqual(jobs.slice(6).toSorted())
    expect(slow.got.length).toBeLessThanOrEqual(4 + 2)
    await Promise.all(hooks.map(({ id }) => system.remove(id)))
    await slow.kill()
    await service.stop()
  })

  it('that is away gets everything later, each message with the id it had before', async () => {
    const service = await system.start({ clock: longAgo })
    const receiver = await system.receiver(500)
    const { id } = await system.make({ url: receiver.url })
    const job = await system.done()
    await receiver.has(2)
    await receiver.kill()
    await system.until(async () =>
      (await system.deliveries(id)).deliveries.some(({ error }) => error?.includes('ECONNREFUSED')),
    )
    receiver.answer(200)
    await receiver.start()
    await system.until(async () => {
      const { deliveries } = await system.deliveries(id, '?outcome=delivered')
      return deliveries.length === 1
    })
    expect(new Set(receiver.got.map((each) => each.id)).size).toBe(1)
    expect(new Set(jobsOf(receiver.got))).toEqual(new Set([job.id]))
    const { deliveries } = await system.deliveries(id)
    expect(deliveries.at(-1)).toMatchObject({ attempt: 1, outcome: 'failed', status: 500, answer: 'as told' })
    await system.remove(id)
    await service.stop()
  })

  it('gets a message again, under the same id, when the service is killed before it is acknowledged', async () => {
    // The next service shortens the wait, so that it is not over before the kill, however long a machine takes for that.
    const killed = await system.start({ ackWaitMs: 60_000 })
    let end = () => {}
    const receiver = await system.receiver(({ response }) => (end = () => response.writeHead(204).end()))
    const { id } = await system.make({ url: receiver.url })
    const job = await system.done()
    await receiver.has(1)
    await killed.kill()
    end()
    receiver.answer(204)
    const service = await system.start({ ackWaitMs: 1000 })
    const [before, after] = await receiver.has(2)
    expect(after?.id).toBe(before?.id)
    expect(jobsOf(receiver.got)).toEqual([job.id, job.id])
    await system.remove(id)
    await service.stop()
  })
})

describe('what is not sent now', () => {
  it('is what only a newer release can read: it stays in its place for that', async () => {
    const service = await system.start()
    const receiver = await system.receiver()
    const { id } = await system.make({ url: receiver.url })
    const subject = randomUUID()
    const newer = { id: randomUUID(), subject, time: new Date().toISOString() }
    const connection = await system.gateway.server.connect()
    const reply = await connection.request(
      `pdf.default.conversion.noop.${subject}.outcome`,
      JSON.stringify({ ...newer, type: 'pdfsmaller.job.completed.v9' }),
    )
    const { seq } = z.object({ seq: z.int() }).parse(reply.json())
    const job = await system.done()
    expect(jobsOf(await receiver.has(1))).toEqual([job.id])
    await system.until(async () => (await system.get(id)).position?.waiting === 1)
    expect((await system.get(id)).position?.after).toBeLessThan(seq)
    await system.remove(id)
    await service.stop()
  })

  it('is more than may wait: it stays in the stream until there is room', async () => {
    // The first is not tried again by itself meanwhile.
    const config = { ...system.config, RETRY_PACE: 100 }
    const service = await system.start({ config, mostWaiting: 1, ackWaitMs: 1000 })
    const receiver = await system.receiver(500)
    const { id } = await system.make({ url: receiver.url })
    const first = await system.done()
    await system.until(async () => (await system.deliveries(id)).deliveries.length === 1)
    receiver.answer(204)
    const second = await system.done()
    await system.until(async () => (await system.get(id)).position?.waiting === 1)
    expect(jobsOf(receiver.got)).toEqual([first.id])
    await fetch(`${system.gateway.url}/api/webhooks/${id}/deliveries/${first.revision}/redeliver`, {
      method: 'POST',
    })
    expect(jobsOf(await receiver.has(3))).toEqual([first.id, first.id, second.id])
    await system.remove(id)
    await service.stop()
  })
})

describe('an endpoint that wants nothing more', () => {
  it('is disabled by 410, which its tenant is told once, and goes on where it was', async () => {
    const service = await system.start()
    const receiver = await system.receiver(410)
    const { id } = await system.make({ url: receiver.url })
    const first = await system.done()
    await system.until(async () => (await system.get(id)).status === 'disabled')
    const meanwhile = [await system.done(), await system.done()]
    expect(await system.get(id)).toMatchObject({ disabled: { because: 'gone' } })
    const events = (await system.disabledEvents()).filter(({ subject }) => subject === id)
    expect(events).toMatchObject([{ type: 'pdfsmaller.webhook.disabled.v1', data: { because: 'gone' } }])
    expect(receiver.got).toHaveLength(1)

    receiver.answer(204)
    expect(await system.ask(id, 'resume')).toMatchObject({ status: 'enabled' })
    const got = await receiver.has(4)
    expect(new Set(jobsOf(got))).toEqual(new Set([first.id, ...meanwhile.map((job) => job.id)]))
    expect(got[1]?.id).toBe(got[0]?.id)
    await system.remove(id)
    await service.stop()
  })

  it('is disabled after five days without success, and told from there on when it is resumed', async () => {
    const fiveDays = 5 * 86_400_000
    let now = longAgo()
    const service = await system.start({ clock: () => now })
    const receiver = await system.receiver(503)
    const { id } = await system.make({ url: receiver.url })
    const jobs = [await system.done()]
    await system.until(async () => (await system.get(id)).status === 'failing')
    const { failingSince = '' } = await system.get(id)
    expect(new Date(failingSince)).toEqual(now)
    const whileFailing = [await system.done(), await system.done()]
    const almost = receiver.got.length
    now = new Date(now.getTime() + fiveDays - 1)
    await receiver.has(almost + 2)
    expect(await system.get(id)).toMatchObject({ status: 'failing' })
    // What waits while it is disabled waits in earnest.
    now = new Date()
    await system.until(async () => (await system.get(id)).status === 'disabled')
    expect(await system.get(id)).toMatchObject({ disabled: { because: 'failing' } })
    const [event] = (await system.disabledEvents()).filter(({ subject }) => subject === id)
    expect(event?.data).toMatchObject({ because: 'failing', since: failingSince })
    // Nothing new was tried, only what waited.
    expect(new Set(jobsOf(receiver.got))).toEqual(new Set(jobs.map((job) => job.id)))

    const tried = receiver.got.length
    receiver.answer(204)
    await system.ask(id, 'resume')
    const got = (await receiver.has(tried + 3)).slice(tried)
    expect(new Set(jobsOf(got))).toEqual(new Set([...jobs, ...whileFailing].map((job) => job.id)))
    await system.remove(id)
    await service.stop()
  })

  it('is told again when what it was to be tried with is there no more', async () => {
    const service = await system.start({ clock: longAgo })
    const receiver = await system.receiver(503)
    const { id } = await system.make({ url: receiver.url })
    const job = await system.done()
    await system.until(async () => (await system.get(id)).status === 'failing')
    await fetch(`${system.gateway.url}/api/jobs/${job.id}?record=true`, { method: 'DELETE' })
    await system.until(async () => (await system.get(id)).status === 'enabled')
    receiver.answer(204)
    const next = await system.done()
    await system.until(async () => jobsOf(receiver.got).includes(next.id))
    await system.remove(id)
    await service.stop()
  })
})

describe('by hand', () => {
  it('one message is sent again, an endpoint is tried, and a new one gets what was before it', async () => {
    const service = await system.start()
    const receiver = await system.receiver()
    const before = await system.done()
    const { id } = await system.make({ url: receiver.url, from: before.revision })
    const [first] = await receiver.has(1)
    await system.ask(id, 'disable')
    const again = await fetch(
      `${system.gateway.url}/api/webhooks/${id}/deliveries/${before.revision}/redeliver`,
      { method: 'POST' },
    )
    expect(await again.json()).toEqual({ messageId: first?.id })
    expect((await receiver.has(2))[1]?.id).toBe(first?.id)
    const ping = await fetch(`${system.gateway.url}/api/webhooks/${id}/ping`, { method: 'POST' })
    const { messageId } = z.object({ messageId: z.string() }).parse(await ping.json())
    const [, , tried] = await receiver.has(3)
    expect(tried?.id).toBe(messageId)
    expect(JSON.parse(tried?.body ?? '')).toMatchObject({ type: 'pdfsmaller.webhook.ping.v1' })

    await system.ask(id, 'resume')
    const last = await system.done()
    await receiver.has(4)
    await system.ask(id, 'backfill', { from: before.revision })
    const got = (await receiver.has(6)).slice(4)
    expect(jobsOf(got)).toEqual([before.id, last.id])
    await system.until(async () => (await system.deliveries(id)).deliveries.length === 6)
    const { deliveries, nextCursor = '' } = await system.deliveries(id, '?limit=4')
    const { deliveries: rest } = await system.deliveries(id, `?limit=4&cursor=${nextCursor}`)
    expect([deliveries.length, rest.length]).toEqual([4, 2])
    await system.remove(id)
    await service.stop()
  })
})
