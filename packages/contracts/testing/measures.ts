import type { Measures } from '../src/events.ts'

/** What a job takes that does next to nothing. */
export const measures: Measures = {
  queuedMs: 1,
  runMs: 1,
  taskMs: 1,
  engineMs: 0,
  enginePeakBytes: 0,
  bytesIn: 0,
  bytesOut: 0,
}
