import { z } from 'zod'

/** The header by which a reader of server-sent events goes on where it was; an empty one says nothing. */
export const LastEventId = z
  .string()
  .regex(/^\d{0,15}$/, 'it is no sequence of an event: send the last id that was seen, or none')
  .transform((given) => (given === '' ? undefined : Number(given)))
