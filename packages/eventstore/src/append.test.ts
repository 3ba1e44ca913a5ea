import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { Counted, event, newStream } from '../testing/subject.ts'
import { append, type AppendContext } from './append.ts'
import {
  Conflict,
  ensureLayout,
  type EventStore,
  type NewEvent,
  ofEvents,
  openEventStore,
  StoreUnavailable,
} from './index.ts'
import { lookWith } from './load.ts'
import { openRequester, type Request } from './requester.ts'

const decode = (json: unknown) => Counted.parse(json)
const patienceMs = 30_000
let server: NatsServer
let connection: NatsConnection
let others: EventStore<Counted>
let request: Request
beforeAll(async () => {
  server = await startNatsServer()
  connection = await server.connect()
  const edition = { version: 1, serves: 1, madeBy: 'make streams' }
  const layout = { edition, streams: [{ ...ofEvents, name: 'T', subjects: ['s.>'] }] }
  await ensureLayout(connection, { ...layout, consumers: [] })
  others = await openEventStore({ connection, layout, decode })
  request = openRequester(connection).request
})
afterAll(() => server.stop())

/** Loses the first acknowledgement of an append, stored or not, and lets others act before it is repeated. */
function losing(stored: boolean, meanwhile: () => Promise<unknown>): AppendContext {
  let lost = false
  const unsure: Request = async (subject, payload, options) => {
    const isLast = !options?.headers?.has('Nats-Batch-Id') || options.headers.has('Nats-Batch-Commit')
    if (lost || !isLast) return request(subject, payload, options)
    lost = true
    if (stored) await request(subject, payload, options)
    await meanwhile()
    throw new StoreUnavailable('the acknowledgement was lost')
  }
  const closed = new AbortController().signal
  const context = { connection, request, streamName: 'T', decode, closed }
  return {
    ...context,
    request: unsure,
    look: lookWith(context),
    contentType: 'text/x-counted',
    isOwn: () => true,
  }
}

describe('an append whose acknowledgement was lost', () => {
  let stream: string
  let entry: NewEvent<Counted>
  const nothing = async () => {}
  /** Others store an event under the same name, on top of whatever is there. */
  const othersMove = async () => {
    await others.append([{ stream, name: 'moved', event: event(9) }])
  }
  beforeEach(async () => {
    stream = newStream()
    const [revision] = await others.append([{ stream, name: 'opened', event: event(0) }])
    entry = { stream, name: 'moved', event: event(1), expected: revision }
  })
  const stored = async () => (await Array.fromAsync(others.history(stream))).map(({ event }) => event.n)
  const places = async (context: AppendContext, entries: NewEvent<Counted>[]) => {
    const sequences = await append(context, entries, patienceMs)
    return (await Promise.all(sequences.map((each) => others.readAt(each)))).map((each) => each?.event.n)
  }

  it('is known again when it was stored', async () => {
    expect(await places(losing(true, nothing), [entry])).toEqual([1])
    expect(await stored()).toEqual([0, 1])
  })

  it('is known again when others have stored the same on top of it', async () => {
    expect(await places(losing(true, othersMove), [entry])).toEqual([1])
    expect(await stored()).toEqual([0, 1, 9])
  })

  it('is stored when it was not', async () => {
    expect(await places(losing(false, nothing), [entry])).toEqual([1])
    expect(await stored()).toEqual([0, 1])
  })

  it('meets the conflict when it was not stored and others were quicker', async () => {
    await expect(append(losing(false, othersMove), [entry], patienceMs)).rejects.toThrow(Conflict)
    expect(await stored()).toEqual([0, 9])
  })

  it('is known again as a whole, whichever of its entries expects something', async () => {
    const { expected: _, ...free } = entry
    const batch = [
      { ...free, stream: `${stream}x`, event: event(2) },
      { ...entry, event: event(3) },
      { ...free, event: event(4) },
    ]
    expect(await places(losing(true, othersMove), batch)).toEqual([2, 3, 4])
    expect(await stored()).toEqual([0, 3, 4, 9])
  })

  it('is not stored again where nothing is expected and it is the newest', async () => {
    const free = { ...entry, expected: 'any' as const }
    expect(await places(losing(true, nothing), [free])).toEqual([1])
    expect(await stored()).toEqual([0, 1])
    const batch = [2, 3].map((n) => ({ ...free, name: `moved${n}`, event: event(n) }))
    expect(await places(losing(true, nothing), batch)).toEqual([2, 3])
    expect(await stored()).toEqual([0, 1, 2, 3])
  })
})
