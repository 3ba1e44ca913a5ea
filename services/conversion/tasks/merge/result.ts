import { Looked } from '@pdf-smaller/judge/looked'
import { z } from 'zod'
import { Kept } from '../../assembly/report.ts'

/** What became of one file. */
export const MergedFile = z.object({
  name: z.string(),
  /** Pages that were taken, out of `of`. */
  pages: z.int(),
  of: z.int(),
  /** The page of the result that it begins on, from 1. */
  from: z.int(),
  /** Whether it was broken and could be mended. */
  repaired: z.boolean(),
  /** What it had that the result has not. */
  dropped: z.array(z.string()),
})

export const Result = z.object({ bytes: z.int(), files: z.array(MergedFile), kept: Kept, looked: Looked })
export type Result = z.infer<typeof Result>
