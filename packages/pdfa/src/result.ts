import { z } from 'zod'

/** How a document came to follow the standard. */
export const PdfAResult = z.object({
  standard: z.literal('PDF/A-2b'),
  /** Whether its objects were mended, with contents and images untouched, or Ghostscript drew it anew. */
  by: z.enum(['objects', 'ghostscript']),
  /** What was taken away, as the standard has no place for it. */
  removed: z.array(z.string()),
  /** Why its objects could not be mended. */
  why: z.array(z.string()),
  /** What may have been lost by drawing it anew. */
  mayLose: z.array(z.string()),
})
export type PdfAResult = z.infer<typeof PdfAResult>
