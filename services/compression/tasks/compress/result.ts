import { z } from 'zod'
import { Level } from './levels.ts'

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
