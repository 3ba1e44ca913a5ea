import { Looked } from '@pdf-smaller/judge/looked'
import { z } from 'zod'
import { Kept, Protection, RemovedSignature } from '../../assembly/contract.ts'

/** One of the files, as the manifest lists it. */
export const PartEntry = z.object({
  file: z.string(),
  /** The first and the last of its pages in the original, from 1. */
  from: z.int(),
  to: z.int(),
  pages: z.int(),
  bytes: z.int(),
  title: z.string().optional(),
})
export type PartEntry = z.infer<typeof PartEntry>

export const Result = z.object({
  files: z.int(),
  /** Pages of all files together; blank ones that were cut at are not among them. */
  pages: z.int(),
  /** Bytes of all files together, and of the largest. */
  bytes: z.int(),
  largest: z.int(),
  /** Files of one page that are larger than was asked for. */
  tooLarge: z.int(),
  repaired: z.boolean(),
  /** Signatures that it had; the files have none. */
  signatures: z.array(RemovedSignature),
  /** What its owner has forbidden to whoever opens it without the password; each of the files is protected in the same way. */
  protection: Protection.optional(),
  kept: Kept.omit({ pages: true, scripts: true, appearances: true }),
  looked: Looked,
  /** What the PDF had that none of the files has. */
  dropped: z.array(z.string()),
})
export type Result = z.infer<typeof Result>
