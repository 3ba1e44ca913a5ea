import { secretFileSettings, type Settings } from '@pdf-smaller/platform/settings'
import { z } from 'zod'

/** What everybody reads who starts hosts. */
export const hostSettings = {
  ...secretFileSettings,
  SANDBOX: z
    .enum(['auto', 'required', 'off'])
    .default('auto')
    .describe(
      'Whether files are worked on in a sandbox (bubblewrap): where the system allows it, always (a service that does so does not start without), or never',
    ),
} satisfies Settings
