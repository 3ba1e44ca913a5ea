import { hostSettings } from '@pdf-smaller/hosts/settings'
import type { ConfigOf } from '@pdf-smaller/platform'
import { count, megabytes, type Settings } from '@pdf-smaller/platform/settings'

/** What drawing pages may take. */
export const pageSettings = {
  ...hostSettings,
  PAGE_HOSTS: count(2, 1).describe('Processes of the gateway that draw pages, each of one file, at once'),
  PAGE_DRAWINGS: count(24, 1).describe(
    'Pages that one API key may have drawn or waiting at a gateway at once; more are refused with 429',
  ),
  PAGE_MEMORY_MB: megabytes(768).describe(
    'Resident memory of one process that draws pages, beyond which it is ended',
  ),
  PAGE_MEGAPIXELS: count(25, 1).describe('Pixels of one picture of a page, in millions'),
  PAGE_CACHE_MB: megabytes(64).describe(
    'Pictures of the pages of one job that are kept with its files; further ones are drawn anew whenever they are asked for',
  ),
  PAGE_SECONDS: count(15, 1).describe('Processor time for drawing one page, or reading its words'),
} satisfies Settings
export type PageConfig = ConfigOf<typeof pageSettings>
