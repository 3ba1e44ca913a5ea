import { z } from './parts.ts'

/** A fact about a job, or how far it is; `data` is read by whoever knows the type. */
export const FeedEvent = z.object({
  type: z.string(),
  /** The id of the job. */
  subject: z.string(),
  time: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type FeedEvent = z.output<typeof FeedEvent>

/** An event with its sequence in the stream; progress has none. */
export type Told = { sequence: number | undefined; event: FeedEvent }
