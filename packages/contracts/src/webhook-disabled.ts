import { z } from 'zod'
import { envelope, timestamp } from './envelope.ts'
import { growing } from './growing.ts'
import { Tenant } from './ids.ts'

/** Why a webhook's endpoint is told nothing: it said 410, it failed for days, or somebody wants it so. */
export const DisabledBecause = growing(z.enum(['gone', 'failing', 'by hand']))
export type DisabledBecause = z.infer<typeof DisabledBecause>

/** An endpoint of the tenant is told nothing any more, and keeps its place. The subject is the endpoint's id. */
export const WebhookDisabled = envelope.extend({
  type: z.literal('pdfsmaller.webhook.disabled.v1'),
  data: z.object({
    tenant: Tenant,
    because: DisabledBecause,
    /** Since when no attempt has succeeded. */
    since: timestamp.optional(),
  }),
})
export type WebhookDisabled = z.infer<typeof WebhookDisabled>
