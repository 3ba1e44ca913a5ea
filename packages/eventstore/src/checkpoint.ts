import { setTimeout as wait } from 'node:timers/promises'
import { jetstreamManager, type JetStreamManager, type StreamInfo } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { answered } from './errors.ts'
import { idIn } from './recorded.ts'

/** Where a follower stands, and in which history of events that was so. */
export type Checkpoint = {
  /** Everything up to this sequence was applied; 0 from the beginning. */
  sequence: number
  /** When the stream was made; absent while nothing was applied. */
  history?: string
  /** The newest event that was applied: another one in its place is another history. */
  newest?: { sequence: number; id: string }
}

/** Where a stream ends now, and whether what a checkpoint tells of is a part of it. */
export type Comparison = { history: string; lastSequence: number; isPart: boolean }

const timeout = 2000
const looks = 3
const pauseMs = 300

/**
 * Compares a checkpoint with the stream. What it tells of is no part of that when the stream's end was lost,
 * as by a power cut or a backup that was put back, or when the stream was made anew. A newest event that is gone, which
 * an erasure behind the checkpoint's back may bring about, counts as another history, too: to begin anew is always right.
 * @throws StoreUnavailable, StoreRefused
 */
export function compare(
  connection: NatsConnection,
  streamName: string,
  checkpoint: Checkpoint,
): Promise<Comparison> {
  return answered(() => look(connection, streamName, checkpoint))
}

async function look(
  connection: NatsConnection,
  streamName: string,
  { sequence, history, newest }: Checkpoint,
): Promise<Comparison> {
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout })
  const { created, state } = await endOf(manager, streamName, sequence)
  const end = { history: created, lastSequence: state.last_seq }
  if (history !== created || sequence > state.last_seq) return { ...end, isPart: false }
  if (!newest) return { ...end, isPart: true }
  const stored = await manager.streams.getMessage(streamName, { seq: newest.sequence })
  return { ...end, isPart: idIn(stored?.string()) === newest.id }
}

/**
 * The stream's information. One that ends before a sequence that was there is looked at again: a server of several that has
 * just taken over may not have applied everything.
 */
async function endOf(manager: JetStreamManager, streamName: string, sequence: number): Promise<StreamInfo> {
  for (let left = looks - 1; ; left--) {
    const info = await manager.streams.info(streamName)
    if (sequence <= info.state.last_seq || left === 0) return info
    await wait(pauseMs)
  }
}
