import { z } from 'zod'
import { type Route, Scope } from './route.ts'
import { FollowedTenant } from './stream-tokens.ts'

/** An API key as it may be told: what it is for, and nothing that opens anything. */
export const KeyAnswer = z.object({
  id: z.string(),
  tenant: z.string(),
  scopes: z.array(Scope),
  /** Whether it may ask about all tenants. */
  allTenants: z.boolean(),
  requestsPerMinute: z.int().optional(),
  maxUploadMb: z.number().optional(),
  expiresAt: z.string().optional(),
})
export type KeyAnswer = z.infer<typeof KeyAnswer>

const asking = { method: 'GET', tag: 'Operations', endings: [] } as const

export const listKeys = {
  ...asking,
  id: 'listKeys',
  path: '/api/keys',
  access: 'admin',
  summary: 'The API keys, without their secrets',
  description: 'As the file of keys has them, expired ones included. Keys are made and ended in that file.',
  querystring: z.strictObject({
    tenant: FollowedTenant.optional().describe(
      'Another tenant than that of the key, or `*` for all; for keys that have the scope `admin` and `allTenants`',
    ),
  }),
  answers: { 200: { description: 'The keys', schema: z.object({ keys: z.array(KeyAnswer) }) } },
} as const satisfies Route

export const getOwnKey = {
  ...asking,
  id: 'getOwnKey',
  path: '/api/key',
  access: 'read',
  summary: 'What the key of this request may do',
  description: 'Where the gateway has no keys, what anyone may do.',
  answers: {
    200: {
      description: 'The key',
      schema: KeyAnswer.pick({ id: true, tenant: true, scopes: true, allTenants: true }).extend({
        /** Whether keys are asked for at all. */
        needed: z.boolean(),
      }),
    },
  },
} as const satisfies Route
