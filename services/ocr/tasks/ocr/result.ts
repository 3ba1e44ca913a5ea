import { z } from 'zod'
import { ReadingSummary } from '../../recognition/summary.ts'
import { Mode } from './options.ts'

export const Result = z.object({
  mode: Mode,
  /** Which Tesseract read the pages. */
  engine: z.enum(['native', 'javascript']),
  /** Pages of the document. */
  pages: z.int(),
  /** Pages that were left as they are. */
  untouched: z.int(),
  /** Pages that were turned upright, of the first thousand. */
  turned: z.array(z.int()).max(1000),
  recognition: ReadingSummary,
  repaired: z.boolean(),
})
export type Result = z.infer<typeof Result>
