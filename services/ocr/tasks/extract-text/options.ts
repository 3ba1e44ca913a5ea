import { PageRanges } from '@pdf-smaller/pdf/page-ranges'
import type { TaskContext } from '@pdf-smaller/task'
import { z } from 'zod'
import { recognitionOptions } from '@pdf-smaller/recognition/options'

export const Format = z.enum(['text', 'json', 'markdown'])
export type Format = z.infer<typeof Format>

export const Options = z.strictObject({
  format: Format.default('text').describe(
    'Plain text; JSON with the place and the font of each word; or Markdown with headings, as well as they can be told',
  ),
  layout: z
    .boolean()
    .default(false)
    .describe('Keep columns and gaps of plain text where they stand on the page, as tables need it'),
  pages: PageRanges.max(10_000).default('1-').describe('Which pages, such as 1-3,5,8-,last,odd'),
  ocr: z
    .enum(['never', 'pages-without-text'])
    .default('never')
    .describe('Whether pages without text are read from their image'),
  ...recognitionOptions,
})
export type Options = z.output<typeof Options>

export type ExtractContext = TaskContext<Options>
