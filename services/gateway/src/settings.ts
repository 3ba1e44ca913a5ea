import type { ConfigOf } from '@pdf-smaller/platform'
import {
  count,
  flag,
  megabytes,
  port,
  secretFileSettings,
  type Settings,
  uploadSettings,
} from '@pdf-smaller/platform/settings'
import { z } from 'zod'

/** What the gateway reads besides what every service does. */
export const gatewaySettings = {
  ...uploadSettings,
  PORT: port.default(8080).describe('Port that the gateway listens on; 0 picks a free one'),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe('Address under which clients reach the gateway, for the links it gives out'),
  KEYS_FILE: secretFileSettings.KEYS_FILE,
  OPEN_TO_ANYONE: flag(false).describe(
    'Allow a gateway without keys to listen on an address other than loopback',
  ),
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
