import type { ConfigOf } from '@pdf-smaller/platform'
import { count, type Settings } from '@pdf-smaller/platform/settings'
import { workerSettings } from '@pdf-smaller/worker'

/** What this service reads besides what every service does. */
export const compressionSettings = {
  ...workerSettings,
  CONCURRENCY_COMPRESSION: count(4, 1).describe('Compression jobs that run at once in one process'),
} satisfies Settings
export type CompressionConfig = ConfigOf<typeof compressionSettings>
