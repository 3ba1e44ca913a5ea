import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import type { Effect } from './effects.ts'

const Outcome = z.object({ source: z.string(), id: z.string(), subject: z.string() })

/** The outcomes of a tenant's jobs as they stand in the stream, read with nothing of this project. */
export async function outcomesIn(connection: NatsConnection, tenant: string): Promise<Effect[]> {
  const filter_subjects = [`pdf.${tenant}.*.*.*.outcome`]
  const consumer = await jetstream(connection).consumers.get('JOBS', { filter_subjects })
  const found: Effect[] = []
  if ((await consumer.info(true)).num_pending === 0) return found
  for await (const message of await consumer.consume()) {
    const { source, id, subject: job } = Outcome.parse(message.json())
    found.push({ source, id, sequence: message.seq, job })
    if (message.info.pending === 0) break
  }
  return found
}

/** What does not hold, in words: each outcome is to be in effect once, and nothing else. */
export function differences(name: string, effects: readonly Effect[], truth: readonly Effect[]): string[] {
  const found: string[] = []
  const counts = new Map<string, number>()
  const keyOf = ({ id, sequence, job }: Effect) => `${id} of the job ${job} at ${sequence}`
  for (const effect of effects) counts.set(keyOf(effect), (counts.get(keyOf(effect)) ?? 0) + 1)
  for (const outcome of truth) {
    const count = counts.get(keyOf(outcome)) ?? 0
    if (count !== 1) found.push(`${name}: ${keyOf(outcome)} is in effect ${count} times`)
    counts.delete(keyOf(outcome))
  }
  for (const key of counts.keys()) found.push(`${name}: ${key} is no outcome`)
  return found
}
