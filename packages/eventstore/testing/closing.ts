import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EventStore, StoreUnavailable } from '../src/index.ts'
import { type Counted, event, newStream, type OpenSubject, type Subject } from './subject.ts'

export function closes(openSubject: OpenSubject): void {
  let subject: Subject
  let store: EventStore<Counted>
  beforeAll(async () => {
    subject = await openSubject()
    store = subject.store
  })
  afterAll(() => subject.close())

  it('answers nothing any more, and ends what is being read', async () => {
    const stream = newStream()
    const entry = { stream, name: 'opened', event: event(1) }
    await store.append([entry, entry])
    const consumer = { name: 'work', filters: ['s.>'], backoffMs: [1000] }
    await subject.make(consumer)
    const filters = ['s.>']
    const follower = {
      from: { sequence: 0 },
      filters,
      onBegin: () => {},
      onEvent: () => {},
      onPoison: () => {},
    }
    const reading = async () => {
      for await (const _ of store.history(stream)) store.close()
    }
    await expect(reading()).rejects.toThrow(StoreUnavailable)
    for (const ask of [
      () => store.append([entry]),
      () => store.decide(stream, { folds: 'all events', initial: 0, evolve: () => 0, decide: () => [entry] }),
      () => store.load(stream),
      () => store.readAt(1),
      () => Array.fromAsync(store.history(stream)),
      () => Array.fromAsync(store.scan(filters)),
      () => store.purge(stream, 1),
      () => store.lastSequence(),
      () => store.createdAt(),
      () => store.subscribe(consumer, 1, async () => {}),
      () => store.lag('work'),
      async () => store.follow(follower),
      async () => store.project({ sequence: 0 }, follower),
      () => store.room(),
      () => store.lookup('NOTES').get('note.a'),
      () => store.lookup('NOTES').all('note.*'),
      () => store.lookup('NOTES').put('note.a', '1'),
      () => store.survey(),
    ])
      await expect(ask(), ask.toString()).rejects.toThrow(StoreUnavailable)
  })
}
