import { z } from 'zod'

/** A time that events are read from, or a day, which begins at midnight UTC; both as `new Date` reads them. */
export const EventTime = z.union([z.iso.datetime({ offset: true }), z.iso.date()])

/** The header by which a reader of server-sent events goes on where it was; an empty one says nothing. */
export const LastEventId = z
  .string()
  // Not a pattern, which would narrow the documented API for clients of the last release.
  .refine(
    (given) => /^\d{0,15}$/.test(given),
    'it is no sequence of an event: send the last id that was seen, or none',
  )
  .transform((given) => (given === '' ? undefined : Number(given)))
