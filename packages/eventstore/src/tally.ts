import { jetstream, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { StoreUnavailable } from './errors.ts'

/** A whole number under each subject of a stream, which any number of processes add to. */
export type Tally = {
  /**
   * Adds to a number, which is 0 at first and never less.
   * @param most what it must not exceed
   * @returns the new number; undefined where it would be too large, and nothing was added
   * @throws StoreUnavailable
   */
  add: (subject: string, amount: bigint, most?: bigint) => Promise<bigint | undefined>
  get: (subject: string) => Promise<bigint>
}

const timeout = 2000
/** nats-server's JetStream error code for a subject that somebody else has written to meanwhile. */
const wrongLastSequence = 10071
const mostTries = 100

/** @param streamName a stream that keeps the newest message of each subject */
export function openTally(connection: NatsConnection, streamName: string): Tally {
  const newest = async (subject: string): Promise<{ value: bigint; sequence: number }> => {
    // Of a replica that is behind, an addition would only be refused; the leader is asked.
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout })
    const message = await manager.streams.getMessage(streamName, { last_by_subj: subject })
    return message ? { value: BigInt(message.string()), sequence: message.seq } : { value: 0n, sequence: 0 }
  }
  const tryToAdd = async (subject: string, amount: bigint, most: bigint | undefined) => {
    const { value, sequence } = await newest(subject)
    const sum = value + amount > 0n ? value + amount : 0n
    if (most !== undefined && amount > 0n && sum > most) return undefined
    const expect = { lastSubjectSequence: sequence }
    await jetstream(connection, { timeout }).publish(subject, sum.toString(), { timeout, retries: 0, expect })
    return sum
  }
  return {
    add: async (subject, amount, most) => {
      for (let tries = 1; ; tries++) {
        try {
          return await tryToAdd(subject, amount, most)
        } catch (error) {
          if (!isConflict(error) || tries === mostTries)
            throw new StoreUnavailable(`the number under ${subject} could not be added to`, { cause: error })
        }
      }
    },
    get: async (subject) => (await newest(subject)).value,
  }
}

const isConflict = (error: unknown) =>
  error instanceof JetStreamApiError && error.apiError().err_code === wrongLastSequence
