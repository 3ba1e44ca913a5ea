import { z } from 'zod'

/** What of a file its images of one kind are. */
const Images = z.object({
  class: z.enum(['jpeg', 'jpx', 'ccitt', 'jbig2', 'bilevel', 'indexed', 'samples', 'mask']),
  count: z.int(),
  pixels: z.int(),
  bytes: z.int(),
})

const AtLevel = z.object({
  bytes: z.int().describe('what is most likely'),
  least: z.int().describe('of nine files in ten, the result lies between this and `most`, bytes'),
  most: z.int(),
  /** bytes / the file's bytes. */
  ratio: z.number(),
  /** Bytes less than the file. */
  saved: z.int(),
})

/** What may keep a file from being made smaller, or the estimate from being good. */
export const EstimateWarning = z.enum(['encrypted', 'signed', 'no_pages_found'])
export type EstimateWarning = z.infer<typeof EstimateWarning>

/** What each level would make of a PDF, judged by its structure alone. */
export const Estimate = z.object({
  bytes: z.int(),
  /** Absent where they cannot be counted without unpacking more of the file. */
  pages: z.int().optional(),
  images: z.array(Images),
  /** Bytes of what the file consists of. */
  parts: z.object({ images: z.int(), fonts: z.int(), contents: z.int(), others: z.int() }),
  levels: z.object({ low: AtLevel, medium: AtLevel, high: AtLevel, maximum: AtLevel }),
  warnings: z.array(EstimateWarning),
  tookMs: z.number(),
})
export type Estimate = z.infer<typeof Estimate>
