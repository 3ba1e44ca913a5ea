import { defineTask, type TaskContext, usualLimits } from '@pdf-smaller/worker/task'
import { z } from 'zod'
import { Level, LevelNumber } from './levels.ts'

export const Options = z.strictObject({
  level: z
    .union([Level, LevelNumber])
    .default('medium')
    .describe('How much look may be given up for size: low, medium, high, maximum, or 1 to 9'),
  dpi: z.int().min(36).max(1200).optional().describe("Pixels per inch of images; the level's by default"),
  quality: z.int().min(10).max(100).optional().describe("JPEG quality; the level's by default"),
  keepMetadata: z
    .boolean()
    .optional()
    .describe(
      'Keep XMP packets, thumbnails and private data of other programs; by default the level decides',
    ),
})
export type Options = z.output<typeof Options>

export type CompressContext = TaskContext<Options>

/** What came of one pass. */
export const Pass = z.object({
  name: z.string(),
  outcome: z
    .enum(['won', 'kept', 'rejected', 'failed', 'skipped'])
    .describe('kept: intact, but beaten by another'),
  /** Size of what it made; absent when it made nothing. */
  bytes: z.int().optional(),
  /** Bytes less than the input; negative when it is larger. */
  saved: z.int().optional(),
  why: z.string().optional(),
  ms: z.number().optional(),
})
export type Pass = z.infer<typeof Pass>

/** How alike the pages of the result are to the original. */
export const Look = z.object({
  /** Mean structural similarity of the pages compared, 0 to 1. */
  ssim: z.number(),
  /** That of the worst tile of 64 × 64 pixels. */
  worstTile: z.number(),
  pagesCompared: z.int(),
})
export type Look = z.infer<typeof Look>

export const Result = z.object({
  level: Level,
  pages: z.int(),
  bytesBefore: z.int(),
  bytesAfter: z.int(),
  /** bytesAfter / bytesBefore. */
  ratio: z.number(),
  gain: z.enum(['smaller', 'none']),
  /** Why there is no gain. */
  reason: z.string().optional(),
  /** The pass whose result was taken. */
  winner: z.string().optional(),
  passes: z.array(Pass),
  /** Absent when the input was given back. */
  look: Look.optional(),
})
export type Result = z.infer<typeof Result>

export const compress = defineTask({
  name: 'compress',
  domain: 'compression',
  title: 'Make a PDF smaller without damage',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf'] },
  options: Options,
  result: Result,
  stages: [
    { name: 'initialization', weight: 5 },
    { name: 'analysis', weight: 15 },
    { name: 'compression', weight: 70 },
    { name: 'optimization', weight: 8 },
    { name: 'finalization', weight: 2 },
  ],
  limits: usualLimits,
  load: () => import('./run.ts'),
})
