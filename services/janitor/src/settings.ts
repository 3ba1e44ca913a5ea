import type { ConfigOf } from '@pdf-smaller/platform'
import { count, folder, llmSettings, type Settings, uploadSettings } from '@pdf-smaller/platform/settings'
import { workerSettings } from '@pdf-smaller/worker'

/** What this service reads besides what every service does. */
export const janitorSettings = {
  ...workerSettings,
  ...uploadSettings,
  ...llmSettings,
  LOG_DIR: folder
    .optional()
    .describe('Folder of *.log files that something else writes; the janitor packs and deletes old ones'),
  CONCURRENCY_JANITOR: count(2, 1).describe('Maintenance jobs that run at once in one process'),
} satisfies Settings
export type JanitorConfig = ConfigOf<typeof janitorSettings>
