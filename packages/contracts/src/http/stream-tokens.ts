import { z } from 'zod'
import { Tenant } from '../ids.ts'
import type { Route } from './route.ts'

/** The parameter of streams that browsers open: they send no headers of a page's own. */
export const streamToken = z
  .string()
  .max(1000)
  .optional()
  .describe('A stream token, where no key can be sent')

/** The tenant whose events are meant. */
export const FollowedTenant = z.union([Tenant, z.literal('*')])

/** A token that opens streams of events, until it expires, in place of the key that it was made with. */
export const StreamToken = z.object({
  token: z.string(),
  expiresAt: z.iso.datetime(),
  /** Whose events it opens; `*` is all. */
  tenant: FollowedTenant,
})
export type StreamToken = z.infer<typeof StreamToken>

export const createStreamToken = {
  id: 'createStreamToken',
  method: 'POST',
  path: '/api/stream-tokens',
  access: 'read',
  tag: 'Events',
  summary: 'Make a token that opens streams of events for a while',
  description:
    'For pages, whose EventSource cannot send a key: `GET /api/events?token=…` and `GET /api/jobs/{id}/events?token=…`. ' +
    'It opens nothing else, and nothing once the key that it was made with is gone.',
  body: z
    .strictObject({
      seconds: z.int().min(10).max(3600).default(300).describe('How long it opens streams'),
      tenant: FollowedTenant.optional().describe('Another tenant than that of the key, or `*` for all'),
    })
    .nullish(),
  answers: { 201: { description: 'The token', schema: StreamToken } },
  endings: [],
} as const satisfies Route
