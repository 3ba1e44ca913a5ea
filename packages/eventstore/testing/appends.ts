import { afterAll, beforeAll, expect, it } from 'vitest'
import { Conflict, type EventStore, largestAppend, StoreRefused } from '../src/index.ts'
import { type Counted, event, follow, newStream, numbers, type OpenSubject, type Subject } from './subject.ts'

export function appendsEvents(openSubject: OpenSubject): void {
  let subject: Subject
  let store: EventStore<Counted>
  beforeAll(async () => {
    subject = await openSubject()
    store = subject.store
  })
  afterAll(() => subject.close())

  const scheduled = (when: Date) => {
    const stream = newStream()
    return { schedule: `later.${stream}`, when, target: `${stream}.due`, event: event(1) }
  }
  const repeated = (cron: string) => {
    const stream = newStream()
    return { schedule: `later.${stream}`, cron, target: `${stream}.due`, message: event(1) }
  }

  it('appends at the expected revision and loads the newest event of each name', async () => {
    const stream = newStream()
    const [first] = await store.append([{ stream, name: 'opened', event: event(1), expected: 'no stream' }])
    const [second] = await store.append([{ stream, name: 'moved', event: event(2), expected: first }])
    const [third] = await store.append([{ stream, name: 'moved', event: event(3), expected: second }])
    const loaded = await store.load(stream)
    expect(loaded.revision).toBe(third)
    expect(numbers(loaded.events)).toEqual([1, 3])
    expect((await store.readAt(second))?.event.n).toBe(2)
    expect(await store.readAt(third + 1000)).toBeUndefined()
    expect(await store.lastSequence()).toBe(third)
  })

  it('knows nothing of a stream without events', async () => {
    expect(await store.load('s.nobody')).toEqual({ revision: 0, events: [] })
  })

  it('keeps what was given, whatever becomes of it', async () => {
    const [stream, given] = [newStream(), event(1)]
    const [sequence] = await store.append([{ stream, name: 'opened', event: given }])
    given.n = 2
    expect((await store.readAt(sequence))?.event.n).toBe(1)
  })

  it.each(['no stream', 0, 1_000_000] as const)(
    'refuses an append that expects %s in vain',
    async (expected) => {
      const stream = newStream()
      const [revision] = await store.append([{ stream, name: 'opened', event: event(1), expected: 0 }])
      const again = store.append([{ stream, name: 'opened', event: event(2), expected }])
      await expect(again).rejects.toThrow(Conflict)
      expect((await store.load(stream)).revision).toBe(revision)
    },
  )

  it.each([-1, 1.5, NaN, Infinity])('refuses to expect the revision %d', async (expected) => {
    const stream = newStream()
    const entry = { stream, name: 'opened', event: event(1), expected }
    await expect(store.append([entry])).rejects.toThrow(RangeError)
    expect((await store.load(stream)).revision).toBe(0)
  })

  it('appends to any stream where nothing is expected', async () => {
    const stream = newStream()
    const [first] = await store.append([{ stream, name: 'moved', event: event(1), expected: 'any' }])
    const [second] = await store.append([{ stream, name: 'moved', event: event(2) }])
    expect([first < second, (await store.load(stream)).revision]).toEqual([true, second])
  })

  it('takes an expectation over more than the stream, also within one append', async () => {
    const id = newStream().slice(2)
    const entry = (kind: string, name: string) => ({
      stream: `s.${kind}.${name}`,
      name: 'opened',
      event: event(1),
      expected: 'no stream' as const,
      expectedIn: `s.*.${name}`,
    })
    await store.append([entry('a', id)])
    await expect(store.append([entry('b', id)])).rejects.toThrow(Conflict)
    expect((await store.load(`s.b.${id}`)).revision).toBe(0)
    await expect(store.append([entry('a', `${id}x`), entry('b', id)])).rejects.toThrow(Conflict)
    await expect(store.append([entry('a', `${id}x`), entry('b', `${id}x`)])).rejects.toThrow(Conflict)
    const own = { ...entry('a', `${id}x`), expectedIn: `s.a.${id}x` }
    await expect(store.append([own, { ...own, name: 'moved' }])).rejects.toThrow(Conflict)
    expect((await store.load(`s.a.${id}x`)).revision).toBe(0)
    await store.append([entry('a', `${id}x`), entry('b', `${id}y`)])
    expect((await store.load(`s.b.${id}y`)).events).toHaveLength(1)
  })

  it('lets exactly one of twenty racing appends win', async () => {
    const stream = newStream()
    const racers = Array.from({ length: 20 }, (_, n) =>
      store.append([{ stream, name: 'won', event: event(n), expected: 'no stream' }]),
    )
    const results = await Promise.allSettled(racers)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await Array.fromAsync(store.history(stream))).toHaveLength(1)
  })

  it('stores several events at once and gives the sequence of each, or stores none', async () => {
    const [a, b, c] = [newStream(), newStream(), newStream()]
    const sequences = await store.append([
      { stream: a, name: 'opened', event: event(1), expected: 'no stream' },
      { stream: a, name: 'moved', event: event(2) },
      { stream: b, name: 'opened', event: event(3), expected: 'no stream' },
    ])
    const found = await Promise.all(sequences.map((sequence) => store.readAt(sequence)))
    expect(found.map((each) => [each?.subject, each?.event.n])).toEqual([
      [`${a}.opened`, 1],
      [`${a}.moved`, 2],
      [`${b}.opened`, 3],
    ])
    const partlyWrong = store.append([
      { stream: c, name: 'opened', event: event(4), expected: 'no stream' },
      { stream: b, name: 'moved', event: event(5), expected: 'no stream' },
    ])
    await expect(partlyWrong).rejects.toThrow(Conflict)
    expect((await store.load(c)).revision).toBe(0)
  })

  it('takes a thousand entries at once and no more', async () => {
    const stream = newStream()
    const entries = Array.from({ length: largestAppend }, (_, n) => ({
      stream: `${stream}.x${n}`,
      name: 'opened',
      event: event(n),
      expected: 'no stream' as const,
    }))
    const sequences = await store.append(entries)
    expect(new Set(sequences).size).toBe(largestAppend)
    expect((await store.load(`${stream}.x999`)).revision).toBe(sequences[999])
    await expect(store.append([...entries, ...entries])).rejects.toThrow(RangeError)
    await expect(store.append([])).rejects.toThrow(RangeError)
  })

  it.each(['', 'a b', 'a\r\nPUB s.x 0', 'a\t', '*', 'a.>', 'a..b', '.a', 'ä'.repeat(1500), '\u0000'])(
    'refuses the stream and the name %j, and goes on',
    async (token) => {
      const [stream, good] = [newStream(), { event: event(1), expected: 'any' as const }]
      for (const wrong of [
        { ...good, stream: `s.${token}`, name: 'opened' },
        { ...good, stream, name: token },
        { ...good, stream, name: 'opened', endsSchedule: `later.${token}` },
      ])
        await expect(store.append([wrong])).rejects.toThrow(StoreRefused)
      await store.append([{ ...good, stream, name: 'opened' }])
      expect((await store.load(stream)).events).toHaveLength(1)
    },
  )

  it.each(['note.x', 'nowhere.x', 'sx.y'])('refuses at once what is not its own: %s', async (other) => {
    const [stream, before] = [newStream(), await store.lastSequence()]
    const own = { stream, name: 'opened', event: event(1) }
    const schedule = { ...scheduled(subject.now()), target: `${stream}.due` }
    for (const entries of [
      [{ ...own, stream: other }],
      [own, { ...own, stream: other }],
      [{ ...schedule, schedule: other }],
      [{ ...schedule, target: other }],
      [{ ...own, endsSchedule: other }],
    ])
      await expect(store.append(entries)).rejects.toThrow(StoreRefused)
    expect(await store.lastSequence()).toBe(before)
    expect(await store.lookup('NOTES').get('note.x.opened')).toBeUndefined()
  })

  it('refuses what is larger than a message may be, and goes on', async () => {
    const [stream, large] = [newStream(), { ...event(1), filler: 'x'.repeat(1024 * 1024) }]
    const entry = { stream, name: 'opened', event: event(2) }
    for (const entries of [[{ ...entry, event: large }], [entry, { ...entry, event: large }, entry]])
      await expect(store.append(entries)).rejects.toThrow(StoreRefused)
    await store.append([entry])
    expect(await Array.fromAsync(store.history(stream))).toHaveLength(1)
  })

  it.each(['0 */5 0-3 1,15 jan-MAR mon', '59 59 23 31 12 6', '0 0 ? 2/3 * 1-5/2'])(
    'takes the cron line %s',
    async (cron) => {
      const [entry, stream] = [repeated(cron), newStream()]
      const [sequence] = await store.append([entry])
      expect((await store.readAt(sequence))?.event).toEqual(entry.message)
      await store.append([{ stream, name: 'closed', event: event(2), endsSchedule: entry.schedule }])
    },
  )

  it.each(
    [
      [
        '',
        'nope',
        '* * * * *',
        '* * * * * * *',
        '60 * * * * *',
        '* * 24 * * *',
        '* * * 0 * *',
        '* * * * 13 *',
      ],
      ['* * * * * 7', '5-1 * * * * *', '*/0 * * * * *', '-1 * * * * *', '* * * * monday *', '1.5 * * * * *'],
    ].flat(),
  )('refuses the cron line %j', async (cron) => {
    await expect(store.append([repeated(cron)])).rejects.toThrow(StoreRefused)
  })

  it.each([NaN, Date.UTC(10_000, 0), -1e14])('refuses what is no time for a schedule: %d', async (ms) => {
    const [stream, before] = [newStream(), await store.lastSequence()]
    const entries = [{ stream, name: 'opened', event: event(1) }, scheduled(new Date(ms))]
    await expect(store.append(entries)).rejects.toThrow(RangeError)
    expect(await store.lastSequence()).toBe(before)
  })

  it('stores a scheduled event at its time, and not when its schedule was ended or replaced', async () => {
    const [kept, ended, replaced] = [newStream(), newStream(), newStream()]
    const following = await follow(store, ['s.>'])
    const schedule = (stream: string, n: number) => ({
      schedule: `later.${stream}`,
      when: new Date(subject.now().getTime() + 700),
      target: `${stream}.due`,
      event: event(n),
    })
    for (const stream of [kept, ended, replaced])
      await store.append([
        { stream, name: 'opened', event: event(1), expected: 'no stream' },
        schedule(stream, 2),
      ])
    const { revision } = await store.load(ended)
    await store.append([
      { stream: ended, name: 'closed', event: event(3), expected: revision, endsSchedule: `later.${ended}` },
    ])
    await store.append([schedule(replaced, 4)])
    subject.pass(700)
    const due = () => following.seen.filter(({ subject }) => subject.endsWith('.due'))
    await following.until(() => due().length === 2)
    expect(due().sort((a, b) => a.n - b.n)).toEqual([
      { subject: `${kept}.due`, n: 2 },
      { subject: `${replaced}.due`, n: 4 },
    ])
    expect((await store.load('later.s')).events).toEqual([])
    following.stop()
  })

  it('stores what is scheduled by a cron line again and again, and keeps the schedule', async () => {
    const stream = newStream()
    const following = await follow(store, [`${stream}.>`])
    const schedule = `later.${stream}`
    await store.append([{ schedule, cron: '* * * * * *', target: `${stream}.tick`, message: event(5) }])
    for (const times of [1, 2]) {
      subject.fire(schedule)
      await following.until(() => following.seen.length >= times)
    }
    expect(numbers((await store.load(schedule.slice(0, schedule.lastIndexOf('.')))).events)).toContain(5)
    await store.append([{ stream, name: 'closed', event: event(6), endsSchedule: schedule }])
    expect((await store.load(`later.s`)).events).toEqual([])
    following.stop()
  })
}
