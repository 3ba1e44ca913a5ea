import type { ConfigOf } from '@pdf-smaller/platform'
import {
  count,
  linkSettings,
  opsSettings,
  type Settings,
  streamSettings,
  webhookSettings,
} from '@pdf-smaller/platform/settings'

/** What this service reads besides what every service does. */
export const webhooksSettings = {
  ...webhookSettings,
  ...opsSettings,
  ...linkSettings,
  RETRY_PACE: streamSettings.RETRY_PACE,
  WEBHOOK_SECONDS: count(15, 1).describe('How long a receiver of webhooks may take for its answer'),
  WEBHOOK_CONCURRENCY: count(4, 1).describe('Messages that are sent to one webhook at once'),
} satisfies Settings
export type WebhooksConfig = ConfigOf<typeof webhooksSettings>
