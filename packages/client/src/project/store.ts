/** The newest event that a state holds: a place in the stream, and what stands there. */
export type Checkpoint = { sequence: number; id: string }

/** A state with its place. */
export type Kept<S> = { state: S; checkpoint: Checkpoint }

/** Where a projection keeps its state. */
export type CheckpointStore<S> = {
  /** What was saved last; undefined where nothing was. */
  load: () => Promise<Kept<S> | undefined>
  /** Keeps both or none of them: in one transaction, or one file. */
  save: (state: S, checkpoint: Checkpoint) => Promise<void>
}

/** Keeps a state as long as the process lives: for tests, and for states that are quickly made anew. */
export function memoryCheckpoint<S>(): CheckpointStore<S> {
  let kept: Kept<S> | undefined
  return {
    load: async () => structuredClone(kept),
    save: async (state, checkpoint) => {
      kept = structuredClone({ state, checkpoint })
    },
  }
}
