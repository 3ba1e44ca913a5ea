import { z } from 'zod'

/** ISO 8601 in UTC, written by this project alone; its format is not checked again at every read. */
export const timestamp = z.string()

/** What every event has around its data: a CloudEvent 1.0 in structured JSON. */
export const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  /** The job's id. */
  subject: z.string(),
  time: timestamp,
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  /** What the event belongs to: the batch, the job that this one repeats, or the job itself. */
  correlationid: z.string(),
  /** The event or request that led to this one. */
  causationid: z.string().optional(),
  /** W3C trace context of the request that started it all. */
  traceparent: z.string().optional(),
})
