import type { ConsumerInfo } from '@nats-io/jetstream'

/** How far a durable consumer is. */
export type ConsumerLag = {
  /** Messages that were never given out. */
  waiting: number
  /** Messages that are given out and not acknowledged. */
  out: number
  redelivered: number
  /** Everything up to this sequence was given out. */
  deliveredUpTo: number
  /** Everything up to this sequence is done with. */
  acknowledgedUpTo: number
  /** Requests for messages that wait: above 0 there is a worker with a free slot. */
  pulls: number
}

export function lagIn(info: ConsumerInfo): ConsumerLag {
  return {
    waiting: info.num_pending,
    out: info.num_ack_pending,
    redelivered: info.num_redelivered,
    deliveredUpTo: info.delivered.stream_seq,
    acknowledgedUpTo: info.ack_floor.stream_seq,
    pulls: info.num_waiting,
  }
}
