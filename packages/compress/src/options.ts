import type { TaskContext } from '@pdf-smaller/task'
import { z } from 'zod'
import { Colours, Level, LevelNumber } from './levels.ts'

export const Options = z.strictObject({
  level: z
    .union([Level, LevelNumber])
    .default('medium')
    .describe('How much look may be given up for size: low, medium, high, maximum, or 1 to 9'),
  dpi: z.int().min(36).max(1200).optional().describe("Pixels per inch of images; the level's by default"),
  quality: z.int().min(10).max(100).optional().describe("JPEG quality; the level's by default"),
  targetBytes: z
    .int()
    .min(1000)
    .optional()
    .describe('The size to stay below; the best look that fits is sought, and the level is not asked'),
  colours: Colours.default('keep').describe(
    'Keep colours, turn them into shades of grey, or make everything black or white: writing sharp, pictures as dots',
  ),
  keepMetadata: z
    .boolean()
    .optional()
    .describe(
      'Keep thumbnails and private data of other programs, in XMP packets, too; by default the level decides',
    ),
})
export type Options = z.output<typeof Options>

/** What compressing a document needs of an attempt. */
export type CompressContext = Pick<
  TaskContext<Options>,
  'options' | 'engine' | 'workspace' | 'signal' | 'log' | 'progress' | 'tellPages'
>

/** A document to be compressed; `signed` when its signatures may break. */
export type Source = { path: string; size: number; signed?: boolean }
