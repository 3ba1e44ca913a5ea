import { Result as Compressed } from '@pdf-smaller/compress/result'
import { Looked } from '@pdf-smaller/judge/looked'
import { PdfAResult } from '@pdf-smaller/pdfa/result'
import { z } from 'zod'
import { ReadingSummary } from '@pdf-smaller/recognition/summary'
import { Mode } from './options.ts'

/** What came of making the result smaller. */
export const Optimised = Compressed.pick({
  level: true,
  bytesBefore: true,
  bytesAfter: true,
  ratio: true,
  gain: true,
  reason: true,
  winner: true,
  look: true,
})
export type Optimised = z.infer<typeof Optimised>

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
  /** Pages that were straightened, and by how many degrees clockwise, of the first thousand. */
  straightened: z.array(z.object({ page: z.int(), degrees: z.number() })).max(1000),
  recognition: ReadingSummary,
  oldLayers: z
    .object({
      /** Pages whose text of an earlier recognition was replaced. */
      replaced: z.int(),
      /** Pages on which it stayed, of the first thousand, and why. */
      kept: z.array(z.object({ page: z.int(), why: z.string() })).max(1000),
    })
    .optional()
    .describe('present in mode redo'),
  repaired: z.boolean(),
  looked: Looked.optional().describe('absent where the document was given back as it is'),
  archived: PdfAResult.optional().describe('present where the output is to be PDF/A'),
  optimised: Optimised.optional().describe('present where it was asked for'),
})
export type Result = z.infer<typeof Result>
