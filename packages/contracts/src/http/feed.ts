import { z } from 'zod'
import { eventData } from '../events.ts'
import { Failure, keysOf } from '../failure.ts'
import { Token } from '../ids.ts'
import { EventTime, LastEventId } from './event-place.ts'
import type { Route } from './route.ts'
import { FollowedTenant, streamToken } from './stream-tokens.ts'

const types = keysOf(eventData)

/** The event by which a feed tells why it ends; it is no fact, and has no id. */
export const feedEnded = 'pdfsmaller.feed.ended.v1'

/** Why a feed has ended. The client may come again behind the last id that it has seen. */
export const FeedEnd = z.object({ failure: Failure })
export type FeedEnd = z.infer<typeof FeedEnd>

/** One of the server-sent events of a feed, by its fields (WHATWG HTML, section 9.2). */
export const FedEvent = z.object({
  id: z.string().optional().describe('The sequence in the stream; without it the event is not repeated'),
  event: z.enum([...types, 'pdfsmaller.job.progressed.v1', feedEnded]),
  data: z.string().meta({ contentMediaType: 'application/json' }).describe('The CloudEvent, or why it ends'),
})
export type FedEvent = z.infer<typeof FedEvent>

const sequence = /^\d{1,15}$/

/** Where a feed begins: at a sequence, which is the first that may come, or at a time. */
const From = z
  .union([z.string().regex(sequence, 'it is no sequence'), EventTime])
  .transform((given) => (sequence.test(given) ? Number(given) : new Date(given)))

/** The types of a list that is separated by commas. */
const Types = z
  .string()
  .max(1000)
  .transform((given) => given.split(','))
  .pipe(z.array(z.enum(types)).min(1))

export const followEvents = {
  id: 'followEvents',
  method: 'GET',
  path: '/api/events',
  access: 'read',
  tag: 'Events',
  summary: 'All events of the tenant as they happen',
  description:
    'Server-sent events: `id` is the sequence in the stream, `event` the type, `data` the CloudEvent as it is stored. ' +
    'After a lost connection, and at any replica, `Last-Event-ID` goes on where it broke off; nothing is left out. ' +
    'Without it and without `from` it begins with what is stored next. Who reads too slowly is told so by ' +
    `\`${feedEnded}\`, and comes again. Blocks without data only move the id on.`,
  querystring: z.strictObject({
    from: From.optional().describe(
      'The first sequence that may come, 0 for all that are kept; or a time or a day (UTC)',
    ),
    task: Token.optional().describe('Only events of jobs of this task'),
    type: Types.optional().describe('Only events of these types, separated by commas'),
    tag: z
      .string()
      .max(200)
      .optional()
      .describe(
        'Only events of jobs with this tag; erasures come in any case, as the tag is gone with the job',
      ),
    progress: z
      .enum(['true', 'false'])
      .default('false')
      .transform((value) => value === 'true')
      .describe('Also how far running jobs are; these events have no id, and are left out for slow readers'),
    live: z
      .enum(['true', 'false'])
      .default('true')
      .transform((value) => value === 'true')
      .describe('`false` ends behind what is stored now, to read all of it and no more'),
    tenant: FollowedTenant.optional().describe(
      'Another tenant than that of the key, or `*` for all; for keys that have the scope `admin` and `allTenants`',
    ),
    token: streamToken,
  }),
  headers: z.looseObject({
    'last-event-id': LastEventId.optional().describe('The last id that was seen; counts more than `from`'),
  }),
  takesToken: true,
  answers: {
    200: { description: 'Server-sent events', schema: FedEvent, contentType: 'text/event-stream' },
    204: { description: 'With `live=false`: nothing is stored behind the place' },
  },
  endings: ['events_unavailable', 'unknown_task', 'position_lost', 'too_many_followers'],
} as const satisfies Route
