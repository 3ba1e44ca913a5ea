import { jetstreamManager } from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import { complete, type Harness, jobIn, openHarness, post } from '@pdf-smaller/gateway/testing/harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient, feedOf, memoryCheckpoint, project } from './index.ts'
import { type ConsumerAccess, type ConsumerOptions, consumedEvents, consumerOf } from './nats.ts'

let gateway: Harness
let connection: NatsConnection
const sequences: number[] = []
const jobs: string[] = []
beforeAll(async () => {
  gateway = await openHarness()
  connection = await gateway.server.connect()
  for (let n = 0; n < 4; n++) await finishedJob()
})
afterAll(() => gateway.close())

async function finishedJob(): Promise<void> {
  const job = await complete(
    gateway,
    await jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, { fresh: true })),
  )
  jobs.push(job.id)
  sequences.push(...gateway.projection.sequences(job.id))
}

/** A durable consumer as the system makes it for an integrator. */
async function durable(name: string, { startsAt = 1 } = {}): Promise<ConsumerAccess> {
  const manager = await jetstreamManager(connection)
  await manager.consumers.add('JOBS', {
    durable_name: name,
    filter_subjects: ['pdf.default.>'],
    deliver_policy: 'by_start_sequence',
    opt_start_seq: startsAt,
    ack_policy: 'explicit',
    ack_wait: nanos(30_000),
    max_ack_pending: 1000,
  })
  return {
    consumer: { stream: 'JOBS', consumer: name, startsAt },
    credentials: { servers: [gateway.server.url], user: name, password: 'x', inboxPrefix: `_INBOX_${name}` },
  }
}

async function take(
  access: ConsumerAccess,
  count = Infinity,
  options: ConsumerOptions & { from?: number; signal?: AbortSignal } = { live: false },
): Promise<number[]> {
  const taken: number[] = []
  for await (const news of consumedEvents(access, options)) {
    if (news.kind === 'event') taken.push(Number(news.sequence))
    if (taken.length === count) break
  }
  return taken
}

const ids = {
  initial: (): string[] => [],
  evolve: (state: string[], { id }: { id: string }) => [...state, id],
}

describe('a durable consumer', () => {
  it('gives every event in order, and what was not acknowledged again, at once', async () => {
    const access = await durable('restarts')
    expect(await take(access, 5)).toEqual(sequences.slice(0, 5))
    // The fifth was not done with; the rest was on its way to a reader that is gone.
    expect(await take(access)).toEqual(sequences.slice(4))
    expect(await take(access)).toEqual([])
  })

  it('gives from a sequence, though it was read before, and none before its own beginning', async () => {
    const [, , third = 0] = sequences
    const access = await durable('replays', { startsAt: third })
    expect(await take(access)).toEqual(sequences.slice(2))
    expect(await take(access, Infinity, { from: third + 1, live: false })).toEqual(sequences.slice(3))
    await expect(take(access, 1, { from: third - 1 })).rejects.toMatchObject({ name: 'PositionLostError' })
  })

  it('goes on in order behind a server that was away, and whatever others do to the consumer', async () => {
    const access = await durable('outage')
    const taken: number[] = []
    for await (const { kind, ...news } of consumedEvents(access, { live: false, batch: 3 })) {
      if (kind === 'event' && 'sequence' in news) taken.push(Number(news.sequence))
      if (taken.length === 4) {
        await gateway.server.kill()
        await gateway.server.start()
      }
      // Another one sets it back, so that what comes next is not what this reader waits for.
      if (taken.length === 8)
        await connection.request('$JS.API.CONSUMER.RESET.JOBS.outage', `{"seq":${sequences[1]}}`)
    }
    expect(taken).toEqual(sequences)
  })

  it('begins when its server is back, and says when that takes too long', async () => {
    const access = await durable('begins')
    await gateway.server.kill()
    const given = { live: false, patienceMs: 1 }
    await expect(take(access, 1, given)).rejects.toThrow('nats-server does not answer')
    const taken = take(access, 1, { live: false })
    await gateway.server.start()
    expect(await taken).toEqual(sequences.slice(0, 1))
  })

  it('gives and acknowledges no more once its signal has ended it, though more has been received', async () => {
    const access = await durable('leaves')
    const leaving = new AbortController()
    const taken: string[] = []
    const reading = async () => {
      for await (const news of consumedEvents(access, { signal: leaving.signal })) {
        if (news.kind === 'event') taken.push(news.sequence)
        leaving.abort(new Error('enough'))
      }
    }
    await expect(reading()).rejects.toThrow('enough')
    expect(taken.map(Number)).toEqual(sequences.slice(0, 1))
    expect(await take(access)).toEqual(sequences.slice(1))
  })

  it('ends with its signal, and when it is not there', async () => {
    const access = await durable('leaving')
    const leaving = new AbortController()
    const reading = take(access, Infinity, { signal: leaving.signal })
    await expect.poll(async () => (await infoOf('leaving')).num_pending).toBe(0)
    const reason = new Error('enough')
    leaving.abort(reason)
    await expect(reading).rejects.toBe(reason)
    await (await jetstreamManager(connection)).consumers.delete('JOBS', 'leaving')
    await expect(take(access)).rejects.toThrow('consumer not found')
  })
})

const infoOf = async (name: string) => (await jetstreamManager(connection)).consumers.info('JOBS', name)

describe.each(['over HTTP', 'from NATS'])('a projection %s', (from) => {
  const name = `projection-${from.at(-1)}`
  const open = async () => {
    if (from === 'over HTTP') return feedOf(createClient({ baseUrl: gateway.url }), { live: false })
    return consumerOf(await durable(name), { live: false })
  }

  it('folds each event once over restarts, whatever was acknowledged', async () => {
    const [source, checkpoint] = [await open(), memoryCheckpoint<string[]>()]
    const crash = { ...ids, saveEvery: 3, evolve: failAfter(7) }
    await expect(project({ ...crash, from: source, checkpoint })).rejects.toThrow('crash')
    const kept = await checkpoint.load()
    expect(kept?.checkpoint.sequence).toBe(sequences[5])
    const all = await project({ ...ids, from: source, checkpoint })
    expect(all).toEqual(await allIds())
    expect(await project({ ...ids, from: source, checkpoint })).toEqual(all)
    await finishedJob()
    expect(await project({ ...ids, from: source, checkpoint })).toEqual(await allIds())
  })

  it('begins anew when its checkpoint is ahead of the stream, or of another one', async () => {
    const ahead = memoryCheckpoint<string[]>()
    await ahead.save(['of another stream'], { sequence: 999_999, id: 'gone' })
    expect(await project({ ...ids, from: await open(), checkpoint: ahead })).toEqual(await allIds())
    const other = memoryCheckpoint<string[]>()
    await other.save(['of another stream'], { sequence: sequences[3] ?? 0, id: 'another' })
    expect(await project({ ...ids, from: await open(), checkpoint: other })).toEqual(await allIds())
  })
})

function failAfter(count: number): typeof ids.evolve {
  let applied = 0
  return (state, event) => {
    if (applied++ === count) throw new Error('crash')
    return ids.evolve(state, event)
  }
}

async function allIds(): Promise<string[]> {
  const client = createClient({ baseUrl: gateway.url })
  const histories = await Promise.all(jobs.map((id) => client.history(id)))
  return histories
    .flat()
    .sort((one, other) => one.sequence - other.sequence)
    .map(({ event }) => event.id)
}
