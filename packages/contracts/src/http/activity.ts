import { z } from 'zod'
import type { Route } from './route.ts'
import { FollowedTenant } from './stream-tokens.ts'

/** What became of the jobs that were requested in an hour. */
const ActiveHour = z.object({
  /** Its beginning. */
  at: z.iso.datetime(),
  completed: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  /** Those that wait, run, or are tried again. */
  open: z.int(),
  /** Jobs by the code of the failure that they ended with, or are tried again after. */
  codes: z.record(z.string(), z.int()),
})
export type ActiveHour = z.infer<typeof ActiveHour>

/** Jobs that wait for workers of a domain, and that are with one. */
const Queue = z.object({ domain: z.string(), waiting: z.int(), out: z.int(), redelivered: z.int() })

/** What the system is doing, and has done lately. */
export const Activity = z.object({
  /** The oldest first; the last is the one that goes on. */
  hours: z.array(ActiveHour),
  /** As it is now, for all tenants. */
  queues: z.array(Queue),
  /** How long things are kept; absent what is kept for good. */
  kept: z.object({
    completedDays: z.number(),
    failedDays: z.number(),
    cancelledDays: z.number(),
    uploadSeconds: z.number(),
    eventSeconds: z.number().optional(),
  }),
})
export type Activity = z.infer<typeof Activity>

export const getActivity = {
  id: 'getActivity',
  method: 'GET',
  path: '/api/activity',
  access: 'admin',
  tag: 'Operations',
  summary: 'What became of the jobs of the last hours, what waits now, and how long things are kept',
  description: 'Jobs count in the hour of their request. The figures may be some seconds old.',
  querystring: z.strictObject({
    tenant: FollowedTenant.optional().describe(
      'Another tenant than that of the key, or `*` for all; for keys that have the scope `admin` and `allTenants`',
    ),
    hours: z.coerce
      .number()
      .int()
      .min(1)
      .max(168)
      .default(24)
      .describe('So many hours, the current included'),
  }),
  answers: { 200: { description: 'The figures', schema: Activity } },
  endings: ['events_unavailable'],
} as const satisfies Route
