import { z } from 'zod'
import { ReadingSummary } from '@pdf-smaller/recognition/summary'
import { Format } from './options.ts'

export const Result = z.object({
  format: Format,
  /** Pages that were looked at, out of `of`. */
  pages: z.int(),
  of: z.int(),
  /** Pages whose text stood in the file. */
  digital: z.int(),
  /** Pages for which no text came out, of the first thousand. */
  withoutText: z.array(z.int()).max(1000),
  /** Characters other than white space. */
  characters: z.int(),
  recognition: ReadingSummary,
  repaired: z.boolean(),
})
export type Result = z.infer<typeof Result>
