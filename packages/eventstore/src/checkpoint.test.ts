import { cp, rm } from 'node:fs/promises'
import type { NatsConnection } from '@nats-io/transport-node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import {
  type Checkpoint,
  ensureLayout,
  type EventStore,
  ofEvents,
  openEventStore,
  type Projection,
} from './index.ts'

const Counted = z.object({ id: z.string(), n: z.number() })
type Counted = z.infer<typeof Counted>

const patienceMs = 60_000
let server: NatsServer
let connection: NatsConnection
let store: EventStore<Counted>
let begun: string[]
let seen: number[]
let projection: Projection

beforeEach(async () => {
  server = await startNatsServer()
  connection = await server.connect()
  store = await open()
  begun = []
  seen = []
})
afterEach(() => server.stop())

const room = { probe: 's.probe', reserve: { stream: 'KEPT', replicas: 1, bytes: 256 * 1024 } }
const layout = {
  edition: { version: 1, serves: 1, madeBy: 'make streams' },
  streams: [{ ...ofEvents, name: 'T', subjects: ['s.>'] }],
}
const open = () =>
  openEventStore({
    connection,
    layout,
    prepare: () => ensureLayout(connection, { ...layout, consumers: [] }),
    decode: (json) => Counted.parse(json),
    room,
  })
/** Follows the stream, and forgets what it has seen when it is told to. */
const project = (from: Checkpoint) =>
  store.project(from, {
    filters: ['s.>'],
    onBegin: (history) => {
      begun.push(history)
      seen = []
    },
    onEvent: ({ event }) => seen.push(event.n),
    onPoison: () => {},
  })
let ids = 0
const append = async (n: number) => {
  const entry = { stream: `s.a${ids}`, name: 'opened', event: { id: `e${ids++}`, n } }
  const [sequence] = await store.append([entry], { patienceMs })
  return sequence
}

/** Puts a copy of the server's data back that was taken after so many events. */
async function loseEnd(kept: number, all: number): Promise<void> {
  for (let n = 1; n <= kept; n++) await append(n)
  await server.kill('SIGTERM')
  await cp(server.data, `${server.data}-copy`, { recursive: true })
  await server.start()
  for (let n = kept + 1; n <= all; n++) await append(n)
  if (projection) await projection.reached(all, patienceMs)
  await server.kill()
  await rm(server.data, { recursive: true })
  await cp(`${server.data}-copy`, server.data, { recursive: true })
  await server.start()
}

describe('a projection whose stream lost its end', () => {
  it('begins anew at the reconnect, and follows what comes then', async () => {
    projection = project({ sequence: 0 })
    await loseEnd(3, 15)
    const sequence = await append(100)
    expect(sequence).toBe(4)
    await projection.reached(sequence, patienceMs)
    // Whoever was quicker: it has been told of the other history by now, or will be before it sees the event.
    while (begun.length < 2 || seen.length < 4) await connection.flush()
    expect(seen).toEqual([1, 2, 3, 100])
  })

  it('begins anew at the reconnect when others have stored as much again meanwhile', async () => {
    projection = project({ sequence: 0 })
    await loseEnd(3, 6)
    for (const n of [100, 101, 102, 103]) await append(n)
    while (begun.length < 2 || seen.length < 7) await connection.flush()
    expect(seen).toEqual([1, 2, 3, 100, 101, 102, 103])
  })

  it('begins anew when the stream itself is another', async () => {
    projection = project({ sequence: 0 })
    await append(1)
    await projection.reached(1, patienceMs)
    await server.kill()
    await rm(server.data, { recursive: true })
    await server.start()
    const sequence = await append(2)
    await projection.reached(sequence, patienceMs)
    while (begun.length < 2 || seen.length < 1) await connection.flush()
    expect(seen).toEqual([2])
    expect(new Set(begun).size).toBe(2)
  })
})

describe('a checkpoint', () => {
  const ofStart = async (): Promise<Required<Checkpoint>> => {
    for (const n of [1, 2, 3]) await append(n)
    const newest = await store.readAt(2)
    return {
      sequence: 2,
      history: await store.createdAt(),
      newest: { sequence: 2, id: newest?.event.id ?? '' },
    }
  }

  it('that is a part of the stream is gone on from', async () => {
    projection = project(await ofStart())
    await projection.reached(3, patienceMs)
    expect([begun, seen]).toEqual([[], [3]])
  })

  it.each<[string, Partial<Checkpoint>]>([
    ['beyond the last event', { sequence: 4 }],
    ['with another event in its place', { newest: { sequence: 2, id: 'another' } }],
    ['with an event that is not there', { newest: { sequence: 900, id: 'another' } }],
    ['of another stream', { history: '2020-01-01T00:00:00Z' }],
  ])('%s is begun anew from', async (_, over) => {
    projection = project({ ...(await ofStart()), ...over })
    await projection.reached(3, patienceMs)
    while (seen.length < 3) await connection.flush()
    expect(seen).toEqual([1, 2, 3])
    expect(begun).toHaveLength(1)
  })
})
