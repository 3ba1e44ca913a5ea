import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cloudEvent, JobEvent } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { News } from '../follow.ts'
import { fileCheckpoint } from '../node/file-checkpoint.ts'
import { project } from './project.ts'
import { type EventSource, PositionLostError } from './source.ts'
import { type Checkpoint, type CheckpointStore, memoryCheckpoint } from './store.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-projection-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const jobId = '0198f0a0-0000-7000-8000-000000000000'
const about = { source: '/test', jobId, time: new Date(0) }

/** An event at a sequence; the id tells which history it is of. */
function at(sequence: number, history = 'first'): News {
  const fact = { type: 'pdfsmaller.job.cancelled.v1', data: { by: 'test', reason: '' } }
  const event = JobEvent.parse(cloudEvent(fact, { ...about, id: `${history}-${sequence}` }))
  return { kind: 'event', sequence: String(sequence), event }
}

/** A source of what is stored, noting from where it was read. */
function stored(events: readonly News[], asked: (Checkpoint | undefined)[] = []): EventSource {
  return async function* (from) {
    asked.push(from)
    const first = from?.sequence ?? 0
    if (from && !events.some((news) => sequenceOf(news) >= first)) throw new PositionLostError('ahead')
    yield* events.filter((news) => sequenceOf(news) >= first)
  }
}
const sequenceOf = (news: News) => (news.kind === 'event' ? Number(news.sequence) : Infinity)

const Seen = z.array(z.string())
const seen = {
  initial: (): string[] => [],
  evolve: (state: string[], { id }: JobEvent) => [...state, id],
}
let files = 0
const stores: [string, () => CheckpointStore<string[]>][] = [
  ['in memory', () => memoryCheckpoint()],
  [
    'in a file',
    () => fileCheckpoint(path.join(folder, `state-${files++}.json`), (state) => Seen.parse(state)),
  ],
]

describe.each(stores)('a projection that is kept %s', (_, open) => {
  it('goes on behind its checkpoint, and applies nothing twice', async () => {
    const [checkpoint, asked] = [open(), [] as (Checkpoint | undefined)[]]
    const history = [at(2), at(5)]
    expect(await project({ ...seen, checkpoint, from: stored(history, asked) })).toEqual([
      'first-2',
      'first-5',
    ])
    history.push(at(9))
    expect(await project({ ...seen, checkpoint, from: stored(history, asked) })).toEqual([
      'first-2',
      'first-5',
      'first-9',
    ])
    expect(asked).toEqual([undefined, { sequence: 5, id: 'first-5' }])
    // An event that is gone by now is no sign of another stream.
    expect(await project({ ...seen, checkpoint, from: stored([at(12)]) })).toHaveLength(4)
  })

  it.each([
    ['ends before the checkpoint', [at(1, 'new')]],
    ['has another event in its place', [at(1, 'new'), at(5, 'new'), at(6, 'new')]],
  ])('begins anew when the stream %s', async (_, rebuilt) => {
    const checkpoint = open()
    await project({ ...seen, checkpoint, from: stored([at(2), at(5)]) })
    const state = await project({ ...seen, checkpoint, from: stored(rebuilt) })
    expect(state).toEqual(rebuilt.map((news) => `new-${sequenceOf(news)}`))
    expect(await checkpoint.load()).toMatchObject({ state })
  })

  it('loses nothing and applies nothing twice, wherever it is stopped', async () => {
    const checkpoint = open()
    const all = Array.from({ length: 9 }, (_, n) => at(n + 1))
    let state: string[] = []
    for (let stop = 1; state.length < 9; stop++) {
      let applied = 0
      const evolve: typeof seen.evolve = (state, event) => {
        if (applied++ === stop) throw new Error('crash')
        return seen.evolve(state, event)
      }
      state = await project({ ...seen, evolve, checkpoint, from: stored(all), saveEvery: 2 }).catch(() => [])
      const kept = await checkpoint.load()
      expect(kept?.state ?? []).toEqual(
        all.slice(0, kept?.checkpoint.sequence ?? 0).map((_, n) => `first-${n + 1}`),
      )
    }
    expect(state).toHaveLength(9)
  })
})

it('is saved in every pause, and not more often than is asked for otherwise', async () => {
  const saved: number[] = []
  const pause = Promise.withResolvers<void>()
  const from: EventSource = async function* () {
    for (let n = 1; n <= 7; n++) yield at(n)
    await pause.promise
    yield at(8)
  }
  const onSaved = (_: unknown, { sequence }: Checkpoint) => {
    saved.push(sequence)
    if (sequence === 7) pause.resolve()
  }
  await project({ ...seen, checkpoint: memoryCheckpoint<string[]>(), from, saveEvery: 3, onSaved })
  expect(saved).toEqual([3, 6, 7, 8])
})

it('ends with its signal, and with a store that fails, though its source goes on for ever', async () => {
  const from: EventSource = async function* (_, signal) {
    yield at(1)
    await new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  }
  const leaving = new AbortController()
  const reason = new Error('enough')
  const onSaved = () => leaving.abort(reason)
  const ended = project({
    ...seen,
    checkpoint: memoryCheckpoint<string[]>(),
    from,
    onSaved,
    signal: leaving.signal,
  })
  await expect(ended).rejects.toBe(reason)
  const full = { load: async (): Promise<undefined> => {}, save: () => Promise.reject(new Error('no room')) }
  await expect(project({ ...seen, checkpoint: full, from })).rejects.toThrow('no room')
})

describe('a state in a file', () => {
  it('is the one before while another one is written', async () => {
    const file = path.join(folder, 'whole.json')
    const store = fileCheckpoint(file, (state) => Seen.parse(state))
    await store.save(['a'], { sequence: 1, id: 'a' })
    await writeFile(`${file}.new`, '{"state":["a","b"]')
    expect(await store.load()).toEqual({ state: ['a'], checkpoint: { sequence: 1, id: 'a' } })
    await store.save(['b'], { sequence: 2, id: 'b' })
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ state: ['b'] })
  })

  it('that is of another shape is not taken for one', async () => {
    const file = path.join(folder, 'strange.json')
    await writeFile(file, '{"state":[1],"checkpoint":{"sequence":1,"id":"a"}}')
    await expect(fileCheckpoint(file, (state) => Seen.parse(state)).load()).rejects.toThrow(z.ZodError)
    await expect(fileCheckpoint(folder, (state) => Seen.parse(state)).load()).rejects.toMatchObject({
      code: 'EISDIR',
    })
  })
})
