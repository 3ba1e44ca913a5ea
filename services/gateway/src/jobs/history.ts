import { isJobEvent, type JobEvent, type JobView } from '@pdf-smaller/contracts'
import { evolve } from '@pdf-smaller/domain'
import type { Context } from '../context.ts'

/** A fact about a job with its place in the stream. */
export type Fact = { sequence: number; event: JobEvent }

/** Reads events of one job by their sequences. Those that have aged out of the stream are left out. */
export async function readFacts(
  { store }: Pick<Context, 'store'>,
  sequences: readonly number[],
): Promise<Fact[]> {
  const found = await Promise.all(sequences.map((sequence) => store.readAt(sequence)))
  return found.flatMap((recorded) =>
    recorded && isJobEvent(recorded.event) ? [{ sequence: recorded.sequence, event: recorded.event }] : [],
  )
}

/** A job as its events made it. */
export function foldFacts(facts: readonly Fact[]): JobView | undefined {
  return facts.reduce<JobView | undefined>(
    (job, { event, sequence }) => evolve(job, event, sequence),
    undefined,
  )
}
