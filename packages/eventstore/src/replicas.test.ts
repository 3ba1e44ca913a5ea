import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ClusterNode, type NatsCluster, startNatsCluster } from '@pdf-smaller/testing/nats/cluster'
import { until } from '@pdf-smaller/testing/system'
import { ensureLayout, type EventStore, ofEvents, openEventStore } from './index.ts'
import { lookWith } from './load.ts'
import type { Look } from './own-entries.ts'
import { openRequester } from './requester.ts'

const Counted = z.object({ id: z.string(), n: z.number() })
type Counted = z.infer<typeof Counted>

const decode = (json: unknown) => Counted.parse(json)
const layout = {
  edition: { version: 1, serves: 1, madeBy: 'make streams' },
  streams: [{ ...ofEvents, name: 'T', subjects: ['s.>'], num_replicas: 3 }],
}
/** Of so many questions, one that a replica may answer got a wrong answer in more than every third round. */
const rounds = 20

/** A replica is behind for longer by so many. */
const many = 1000

describe('a store whose nearest replica is behind', () => {
  let cluster: NatsCluster
  let behind: ClusterNode
  let writer: EventStore<Counted>
  let reader: EventStore<Counted>
  let look: Look
  beforeAll(async () => {
    cluster = await startNatsCluster()
    const [first] = cluster.nodes
    if (!first) throw new Error('no server')
    await ensureLayout(await first.connect(), { ...layout, consumers: [] })
    await cluster.whole('T')
    const leader = await cluster.leaderOf('T')
    const [follower, other] = cluster.nodes.filter((node) => node !== leader)
    if (!follower || !other) throw new Error('no replicas')
    behind = follower
    writer = await open(await leader.connect())
    const connection = await behind.connect()
    reader = await open(connection)
    const { request } = openRequester(connection)
    const closed = new AbortController().signal
    look = lookWith({ connection, request, streamName: 'T', decode, closed })
    await append('s.first')
    await answersByItself(connection, [leader, other])
  })
  afterAll(() => cluster.stop())

  const open = (connection: NatsConnection) => openEventStore({ connection, layout, decode })
  let count = 0
  const append = async (stream: string, events = 1) => {
    const entries = Array.from({ length: events }, (_, n) => ({
      stream,
      name: n === 0 ? 'opened' : `moved${n}`,
      event: eventOf(++count),
    }))
    return (await writer.append(entries)).at(-1) ?? 0
  }
  const eventOf = (n: number) => ({ id: `e${n}`, n })

  /** Servers answer direct gets some seconds after they have become followers. */
  const answersByItself = async (connection: NatsConnection, others: readonly ClusterNode[]) => {
    const ask = () => connection.request('$JS.API.DIRECT.GET.T', '{"seq":1}', { timeout: 200 })
    const isAnswered = async () => {
      for (const each of others) each.send('SIGSTOP')
      try {
        return (await ask()).headers?.code === 0
      } catch {
        return false
      } finally {
        for (const each of others) each.send('SIGCONT')
      }
    }
    await until('the replica answers', isAnswered)
  }

  /** What is told of a stream to whom asks in the moment in which its first event is stored, by a replica that has stood still. */
  const toldAtOnce = async <T>(ask: (stream: string, sequence: number) => Promise<T>, events = 1) => {
    const told: T[] = []
    for (let round = 0; round < rounds; round++) {
      const stream = `s.a${count}`
      behind.send('SIGSTOP')
      const answer = ask(stream, await append(stream, events))
      setTimeout(() => behind.send('SIGCONT'), 5)
      told.push(await answer)
    }
    return told
  }
  const ofAll = <T>(value: T) => Array.from({ length: rounds }, () => value)

  it('loads what was acknowledged', async () => {
    const told = await toldAtOnce(async (stream, sequence) => {
      const { revision, events } = await reader.load(stream)
      return revision === sequence && events.length === 1
    })
    expect(told).toEqual(ofAll(true))
  })

  it('decides on what was acknowledged, also to do nothing', async () => {
    const told = await toldAtOnce(async (stream) => {
      const done = await reader.decide(stream, {
        folds: 'newest of each name',
        initial: 0,
        evolve: (sum: number, { event }) => sum + event.n,
        decide: (sum) => ({ nothing: sum > 0 ? 'it is open' : 'it is not there' }),
      })
      return done.kind === 'nothing' && done.because
    })
    expect(told).toEqual(ofAll('it is open'))
  })

  it('reads the event of a sequence', async () => {
    const told = await toldAtOnce(async (_, sequence) => {
      const found = await reader.readAt(sequence)
      return found?.sequence === sequence
    })
    expect(told).toEqual(ofAll(true))
  })

  it('reads a history to its end', async () => {
    const told = await toldAtOnce(async (stream, sequence) => {
      const found = await Array.fromAsync(reader.history(stream))
      return found.at(-1)?.sequence === sequence
    }, many)
    expect(told).toEqual(ofAll(true))
  })

  it('finds the event of an append whose acknowledgement was lost', async () => {
    const told = await toldAtOnce(async (stream, sequence) => {
      const found = await look.idFrom(`${stream}.opened`, sequence)
      return found?.id === `e${count}`
    })
    expect(told).toEqual(ofAll(true))
  })
})
