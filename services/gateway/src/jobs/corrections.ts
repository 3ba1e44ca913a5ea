import type { JobEvent, JobView } from '@pdf-smaller/contracts'
import { type Correction, StoredCorrection } from '@pdf-smaller/contracts/extraction'
import type { Context } from '../context.ts'
import { readFacts } from './history.ts'
import { readWhole } from './read-extraction.ts'

export type CorrectedEvent = Extract<JobEvent, { type: 'pdfsmaller.job.corrected.v1' }>

/** Objects that are read at once. */
const atOnce = 8

/** The events of a job's corrections, the oldest first. */
export async function correctedEvents(
  context: Pick<Context, 'store' | 'projection'>,
  { id, corrections }: JobView,
): Promise<CorrectedEvent[]> {
  if (corrections === undefined) return []
  const facts = await readFacts(context, context.projection.sequences(id))
  return facts.flatMap(({ event }) => (event.type === 'pdfsmaller.job.corrected.v1' ? [event] : []))
}

/**
 * What corrections say, in the order of their events.
 * @throws JobFailure file_expired, object_corrupt; ObjectStoreError
 */
export async function readCorrections(
  context: Pick<Context, 'objects'>,
  events: readonly CorrectedEvent[],
): Promise<Correction[]> {
  const corrections: Correction[] = []
  for (let done = 0; done < events.length; done += atOnce) {
    const some = events.slice(done, done + atOnce)
    corrections.push(...(await Promise.all(some.map((event) => readCorrection(context, event)))))
  }
  return corrections
}

async function readCorrection(
  context: Pick<Context, 'objects'>,
  { data: { number, by, object }, time }: CorrectedEvent,
): Promise<Correction> {
  const stored = StoredCorrection.parse(JSON.parse((await readWhole(context, object)).toString()))
  return toldCorrection(stored, { number, by, at: time })
}

export function toldCorrection(
  { document, field, old, value, note }: StoredCorrection,
  around: Pick<Correction, 'number' | 'by' | 'at'>,
): Correction {
  return { ...around, document, field, old, value, ...(note === undefined ? {} : { note }) }
}
