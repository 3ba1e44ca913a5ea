import { pageSettings } from '@pdf-smaller/page-views/settings'
import type { ConfigOf } from '@pdf-smaller/platform'
import {
  count,
  flag,
  linkSettings,
  megabytes,
  port,
  secretFileSettings,
  type Settings,
  uploadSettings,
  webhookSettings,
} from '@pdf-smaller/platform/settings'
import { z } from 'zod'

/** Origins as browsers send them (RFC 6454), separated by commas. */
const origins = z.string().transform((given, context) => {
  const named = given
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const wrong = named.find((each) => !URL.canParse(each) || new URL(each).origin !== each)
  if (wrong !== undefined)
    context.addIssue(`"${wrong}" is no origin: it is a scheme, a name and perhaps a port`)
  return new Set(named)
})

/** What the gateway reads besides what every service does. */
export const gatewaySettings = {
  ...uploadSettings,
  ...webhookSettings,
  ...pageSettings,
  PORT: port.default(8080).describe('Port that the gateway listens on; 0 picks a free one'),
  ...linkSettings,
  KEYS_FILE: secretFileSettings.KEYS_FILE,
  OPEN_TO_ANYONE: flag(false).describe(
    'Allow a gateway without keys to listen on an address other than loopback',
  ),
  STREAM_TOKEN_KEY_FILE: secretFileSettings.STREAM_TOKEN_KEY_FILE,
  CORS_ORIGINS: origins
    .prefault('')
    .describe(
      'Pages that may use the API with keys from a browser: their origins, such as https://app.example.org, separated by commas',
    ),
  FEED_FOLLOWERS: count(50, 1).describe(
    'Streams of GET /api/events that one tenant may have open at a gateway',
  ),
  FEED_STALL_SECONDS: z.coerce
    .number()
    .min(0.1)
    .default(30)
    .describe('A reader of GET /api/events that takes nothing for so long is sent away'),
  MAX_CONNECTIONS: count(5000, 1).describe(
    'Connections that the gateway holds at once; beyond them it answers 503 and closes',
  ),
  TENANT_MAX_QUEUED: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Jobs of one tenant that may wait at once; more are refused with 429. No bound without it'),
  TENANT_MAX_RUNNING: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('While so many jobs of one tenant run, it gets no new ones in (429). No bound without it'),
  TENANT_MAX_STORED_MB: z.coerce
    .number()
    .positive()
    .transform((value) => Math.round(value * 1024 * 1024))
    .optional()
    .describe(
      "Files of one tenant's jobs together; beyond it new ones are refused with 403. No bound without it",
    ),
  TENANT_MAX_EVENT_CONSUMERS: count(20).describe(
    'Consumers of events that one tenant may have for integrators; more are refused with 403',
  ),
  NATS_PUBLIC_URL: z
    .string()
    .optional()
    .describe(
      'Addresses under which integrators reach the event store, separated by commas, for the credentials that are given out; those of NATS_URL without it',
    ),
  WEBHOOK_ENDPOINTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .describe('Webhooks that one tenant may have'),
  CHECK_ANSWERS: flag(false).describe(
    'Parse every answer of the gateway by its schema, and fail where it is not what is documented; for development',
  ),
  MAX_UPLOAD_MB: megabytes(1024).describe('Largest file that is taken'),
  MAX_FILES: count(100, 1).describe('Most files in one submission'),
  MOST_DELAY_MS: count(1000).describe(
    'How late the gateway may get to its work, in milliseconds, before it refuses new jobs with Retry-After',
  ),
  UPLOAD_STALL_SECONDS: count(30, 1).describe('An upload without a byte for so long is ended'),
} satisfies Settings
export type GatewayConfig = ConfigOf<typeof gatewaySettings>
