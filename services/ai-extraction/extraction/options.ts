import { extractionOptions } from '@pdf-smaller/contracts/extraction'
import { PageRanges } from '@pdf-smaller/pdf/page-ranges'
import { z } from 'zod'

/** The options that both tasks have. */
export const commonOptions = {
  ...extractionOptions,
  pages: PageRanges.max(10_000).default('1-').describe('Which pages, such as 1-3,5,8-,last,odd'),
  languages: z
    .array(z.string().regex(/^[A-Za-z_]{3,20}$/, 'it is no name of a language, such as eng or deu'))
    .min(1)
    .max(8)
    .optional()
    .describe(
      "Languages of scans, by the names of Tesseract's data: eng, deu; without it those that are installed of English, German, French, Spanish, Dutch and Italian",
    ),
}

/** What both tasks are asked for, whatever files they are to write. */
export type CommonOptions = {
  engine: 'auto' | 'llm' | 'rules' | 'both'
  model?: string | undefined
  pages: string
  languages?: string[] | undefined
  exports: readonly ('csv' | 'xlsx' | 'ofx')[]
}
