import type { AppendOptions, NewEntry } from './entry.ts'
import type { Identified, Recorded } from './recorded.ts'

/** How one kind of stream is decided on. */
export type Decider<S, E extends Identified, N> = {
  /**
   * What the state is folded from. The newest event of each name comes in two requests, however long the stream is, and is
   * enough where events carry absolute values, such as a new total; where they carry changes, all are needed.
   */
  folds: 'all events' | 'newest of each name'
  /** The state of a stream without events. */
  initial: S
  evolve: (state: S, recorded: Recorded<E>) => S
  /**
   * What is to be stored, or why nothing is. All of it is stored only if the stream has not moved on, so there has to be an
   * event of the stream itself; others may be of other streams, or schedules. Called again after a conflict, so it must not
   * do anything else.
   */
  decide: (state: S, revision: number) => readonly NewEntry<E>[] | Nothing<N>
}

/** There is nothing to be stored. */
export type Nothing<N> = { nothing: N }

/** A stream as far as it was folded; of one without events the revision is 0. */
export type Known<S> = { state: S; revision: number }

export type Decided<S, N> =
  | (Known<S> & { kind: 'appended'; sequences: number[] })
  | (Known<S> & { kind: 'nothing'; because: N })

export type DecideOptions<S> = AppendOptions & {
  /** The stream as it was seen before, which saves loading it; when that is no longer true, it is loaded after all. */
  known?: Known<S> | undefined
}
