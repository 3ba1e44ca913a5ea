import { appendPatienceMs, type NewEntry, subjectOf } from './entry.ts'
import { Conflict } from './errors.ts'
import type { DecideOptions, Decided, Decider, Known } from './decider.ts'
import type { EventStore } from './event-store.ts'
import type { Identified } from './recorded.ts'

type Store<E extends Identified> = Pick<EventStore<E>, 'append' | 'load' | 'history'>

/**
 * Loads the stream, decides, and appends at the revision that was decided on; on a conflict all of it again, with what others
 * have stored meanwhile.
 * @throws Conflict when others were quicker every time for `patienceMs`; StoreUnavailable, StoreFull, StoreRefused,
 * UnreadableEvent; what the decider throws
 */
export async function decide<S, E extends Identified, N>(
  store: Store<E>,
  stream: string,
  decider: Decider<S, E, N>,
  { known, patienceMs = appendPatienceMs }: DecideOptions<S> = {},
): Promise<Decided<S, N>> {
  const deadline = performance.now() + patienceMs
  let current = known ?? (await fold(store, stream, decider))
  for (;;) {
    const { state, revision } = current
    const decision = decider.decide(state, revision)
    if ('nothing' in decision) return { kind: 'nothing', because: decision.nothing, state, revision }
    const entries = expecting(decision, stream, revision)
    try {
      return appended(decider, stream, current, entries, await store.append(entries, { patienceMs }))
    } catch (error) {
      if (!(error instanceof Conflict) || performance.now() > deadline) throw error
    }
    current = await fold(store, stream, decider)
  }
}

async function fold<S, E extends Identified, N>(
  store: Store<E>,
  stream: string,
  { folds, initial, evolve }: Decider<S, E, N>,
): Promise<Known<S>> {
  let state = initial
  if (folds === 'newest of each name') {
    const { events, revision } = await store.load(stream)
    for (const recorded of events) state = evolve(state, recorded)
    return { state, revision }
  }
  let revision = 0
  for await (const recorded of store.history(stream)) {
    state = evolve(state, recorded)
    revision = recorded.sequence
  }
  return { state, revision }
}

/** The entries with what they were decided on, unless the first one of the stream says otherwise by itself. */
function expecting<E extends Identified>(
  entries: readonly NewEntry<E>[],
  stream: string,
  revision: number,
): readonly NewEntry<E>[] {
  const index = entries.findIndex((entry) => 'stream' in entry && entry.stream === stream)
  const first = entries[index]
  if (!first || !('stream' in first))
    throw new RangeError(`a decision on ${stream} has to store an event there, or nothing protects it`)
  return first.expected === undefined ? entries.with(index, { ...first, expected: revision }) : entries
}

/** The state behind what was appended to the stream itself. */
function appended<S, E extends Identified, N>(
  { evolve }: Decider<S, E, N>,
  stream: string,
  { state, revision }: Known<S>,
  entries: readonly NewEntry<E>[],
  sequences: number[],
): Decided<S, N> {
  for (let i = 0; i < entries.length; i++) {
    const [entry, sequence] = [entries[i], sequences[i]]
    if (!entry || !('stream' in entry) || entry.stream !== stream || sequence === undefined) continue
    state = evolve(state, { sequence, subject: subjectOf(entry), event: entry.event })
    revision = sequence
  }
  return { kind: 'appended', state, revision, sequences }
}
