import type { Client } from '../client.ts'
import type { EventsOptions } from '../events.ts'
import type { News } from '../follow.ts'
import { ProblemError } from '../problem.ts'
import type { Checkpoint } from './store.ts'

/** A place is no part of the stream any more: the stream was made anew, or an older state of it was put back. */
export class PositionLostError extends Error {
  override readonly name = 'PositionLostError'
}

/**
 * Gives events in order, each once: from that of the checkpoint itself on, if it is still there, so that it can be compared;
 * without a checkpoint from the beginning.
 * @throws PositionLostError when the stream ends before the checkpoint
 */
export type EventSource = (
  from: Checkpoint | undefined,
  signal: AbortSignal | undefined,
) => AsyncIterable<News>

export type FeedOptions = Pick<EventsOptions, 'task' | 'types' | 'tag' | 'tenant' | 'live' | 'patienceMs'> & {
  /** Where a state begins that has no checkpoint: at a sequence or a time. With all events that are kept, where it is left out. */
  from?: number | Date | undefined
}

/** The events of a tenant over HTTP as the source of a projection. */
export function feedOf(
  client: Pick<Client, 'events'>,
  { from = 0, ...wanted }: FeedOptions = {},
): EventSource {
  return async function* (checkpoint, signal) {
    try {
      yield* client.events({ ...wanted, from: checkpoint?.sequence ?? from, signal })
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'position_lost') throw error
      throw new PositionLostError(error.message, { cause: error })
    }
  }
}
