import type { ConfigOf } from '@pdf-smaller/platform'
import { count, type Settings } from '@pdf-smaller/platform/settings'
import { workerSettings } from '@pdf-smaller/worker'

/** What this service reads besides what every service does. */
export const conversionSettings = {
  ...workerSettings,
  CONCURRENCY_CONVERSION: count(2, 1).describe('Conversion jobs that run at once in one process'),
} satisfies Settings
export type ConversionConfig = ConfigOf<typeof conversionSettings>
