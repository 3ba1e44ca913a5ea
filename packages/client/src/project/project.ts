import type { JobEvent } from '@pdf-smaller/contracts'
import type { News } from '../follow.ts'
import { type EventSource, PositionLostError } from './source.ts'
import type { Checkpoint, CheckpointStore, Kept } from './store.ts'

export type Projection<S> = {
  /** The state before the first event. */
  initial: () => S
  /** The state after an event. What it changes outside of the state may happen again after a crash. */
  evolve: (state: S, event: JobEvent, sequence: number) => S
  from: EventSource
  checkpoint: CheckpointStore<NoInfer<S>>
  /** Events after which it is saved while more are there; without a pause it is not saved otherwise. */
  saveEvery?: number | undefined
  /** Told of each state that was saved. */
  onSaved?: (state: NoInfer<S>, checkpoint: Checkpoint) => void
  /** Ends it, which throws its reason; what was not saved is folded again by the next start. */
  signal?: AbortSignal | undefined
}

const usualSaveEvery = 100

/**
 * Folds events into a state of one's own, each of them once in effect: state and place are saved together, and the next
 * start goes on behind the place. A checkpoint that is no part of the stream any more is void: the state begins anew.
 * @returns the state when its source ends, saved
 * @throws what source, store and `evolve` throw; the reason of `signal`
 */
export async function project<S>(projection: Projection<S>): Promise<S> {
  let kept = await projection.checkpoint.load()
  for (;;) {
    const folding = openFolding(projection, kept)
    try {
      return await folding.run()
    } catch (error) {
      if (!(error instanceof PositionLostError) || folding.checkpoint() === undefined) throw error
      kept = undefined
    }
  }
}

/** One reading of the source. */
function openFolding<S>(
  { initial, evolve, from, checkpoint: store, saveEvery = usualSaveEvery, onSaved, signal }: Projection<S>,
  kept: Kept<S> | undefined,
) {
  let state = kept ? kept.state : initial()
  let checkpoint = kept?.checkpoint
  let unsaved = 0
  const save = async () => {
    if (!checkpoint || unsaved === 0) return
    await store.save(state, checkpoint)
    unsaved = 0
    onSaved?.(state, checkpoint)
  }
  const apply = (news: News) => {
    if (news.kind !== 'event') return
    const place = { sequence: Number(news.sequence), id: news.event.id }
    if (place.sequence === checkpoint?.sequence && place.id !== checkpoint.id)
      throw new PositionLostError(`another event stands at ${place.sequence} than the one that was applied`)
    if (checkpoint && place.sequence <= checkpoint.sequence) return
    state = evolve(state, news.event, place.sequence)
    checkpoint = place
    unsaved += 1
  }
  const run = async () => {
    const end = new AbortController()
    const either = signal ? AbortSignal.any([signal, end.signal]) : end.signal
    const reading = from(checkpoint, either)[Symbol.asyncIterator]()
    try {
      for (;;) {
        const next = reading.next()
        if (unsaved > 0 && (!(await isThere(next)) || unsaved >= saveEvery)) await save()
        const { done, value } = await next
        if (done) break
        apply(value)
      }
      await save()
      return state
    } finally {
      // What is still waited for would keep it from returning.
      end.abort()
      await reading.return?.()
    }
  }
  return { run, checkpoint: () => checkpoint }
}

/** Whether something has come already, or has failed to; it is handled where it is waited for. */
async function isThere(coming: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const pause = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), 0)
  })
  const came = coming.then(
    () => true,
    () => true,
  )
  try {
    return await Promise.race([came, pause])
  } finally {
    clearTimeout(timer)
  }
}
