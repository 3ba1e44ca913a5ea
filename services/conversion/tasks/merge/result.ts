import { Looked } from '@pdf-smaller/judge/looked'
import { z } from 'zod'
import { Kept, Protection, RemovedSignature } from '../../assembly/contract.ts'

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
  /** Signatures that it had; the result has none. */
  signatures: z.array(RemovedSignature),
  /** What its owner has forbidden to whoever opens it without the password; none where it is not protected. */
  protection: Protection.optional(),
})

export const Result = z.object({
  bytes: z.int(),
  files: z.array(MergedFile),
  kept: Kept,
  /** The protection of the result, which is that of the file that permits least; none where no file has any. */
  protection: Protection.extend({ from: z.string() }).optional(),
  looked: Looked,
})
export type Result = z.infer<typeof Result>
