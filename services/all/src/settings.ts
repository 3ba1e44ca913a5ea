import { aiExtractionSettings } from '@pdf-smaller/ai-extraction/settings'
import { compressionSettings } from '@pdf-smaller/compression/settings'
import { conversionSettings } from '@pdf-smaller/conversion/settings'
import { gatewaySettings } from '@pdf-smaller/gateway/settings'
import { janitorSettings } from '@pdf-smaller/janitor/settings'
import { ocrSettings } from '@pdf-smaller/ocr/settings'
import { webhooksSettings } from '@pdf-smaller/webhooks/settings'
import type { ConfigOf } from '@pdf-smaller/platform'
import { port, type Settings, streamSettings } from '@pdf-smaller/platform/settings'
import { z } from 'zod'

/** What each service reads besides what every service does, by its name. */
export const settingsOfServices = {
  gateway: gatewaySettings,
  'ai-extraction': aiExtractionSettings,
  compression: compressionSettings,
  conversion: conversionSettings,
  janitor: janitorSettings,
  ocr: ocrSettings,
  webhooks: webhooksSettings,
  streams: streamSettings,
} satisfies Record<string, Settings>

/** What the embedded system reads: the settings of all its services, and where its event store is. */
export const systemSettings = {
  ...gatewaySettings,
  ...aiExtractionSettings,
  ...compressionSettings,
  ...conversionSettings,
  ...janitorSettings,
  ...ocrSettings,
  ...webhooksSettings,
  ...streamSettings,
  NATS_SERVER: z.string().optional().describe('nats-server program of the embedded system'),
  NATS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address that the embedded event store listens on, without encryption'),
  NATS_PORT: port
    .optional()
    .describe(
      'Port of the embedded event store; 0 picks a free one. Without it that of the last start, at first 4222 or the next one that is free',
    ),
} satisfies Settings
export type SystemConfig = ConfigOf<typeof systemSettings>
