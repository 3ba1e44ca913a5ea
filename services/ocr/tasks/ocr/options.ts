import { Level } from '@pdf-smaller/compress/levels'
import { PageRanges } from '@pdf-smaller/pdf/page-ranges'
import type { TaskContext } from '@pdf-smaller/task'
import { z } from 'zod'
import { recognitionOptions } from '@pdf-smaller/recognition/options'

export const Mode = z.enum(['skip', 'redo', 'force'])
export type Mode = z.infer<typeof Mode>

export const Options = z.strictObject({
  mode: Mode.default('skip').describe(
    'Leave pages that have text as they are (skip), replace the text of an earlier recognition, too (redo), or make an image of every page and read that (force)',
  ),
  pages: PageRanges.max(10_000).default('1-').describe('Which pages are read, such as 1-3,5,8-,last,odd'),
  ...recognitionOptions,
  rotate: z.boolean().default(false).describe('Turn pages upright that stand on their side or head'),
  rotateConfidence: z
    .number()
    .min(0)
    .max(100)
    .default(5)
    .describe('Pages are turned only when it is as sure as that which way up they stand'),
  deskew: z
    .boolean()
    .default(false)
    .describe('Straighten pages whose lines lie askew, by 10 degrees at most; what they show stays as it is'),
  clean: z
    .enum(['off', 'recognition', 'final'])
    .default('off')
    .describe(
      'Take specks, dark borders and shadows off pages: only to read them (recognition), or also off what they show, which becomes a picture (final)',
    ),
  sidecar: z.boolean().default(false).describe('Give the text of the document as a file of its own, too'),
  hocr: z.boolean().default(false).describe('Give the words that were read with their places as hOCR, too'),
  alto: z
    .boolean()
    .default(false)
    .describe('Give the words that were read with their places as ALTO 4 XML, too'),
  optimise: z
    .enum(['off', ...Level.options])
    .default('off')
    .describe(
      'Make the result smaller, too, by the levels of the task compress; off keeps images bit for bit',
    ),
  output: z
    .enum(['pdf', 'pdfa-2'])
    .default('pdf')
    .describe(
      'What the result is: a PDF, or one for archives by PDF/A-2b (ISO 19005-2), without what that has no place for',
    ),
  signed: z
    .enum(['refuse', 'break'])
    .default('refuse')
    .describe('Whether signed files are worked on, which breaks their signatures'),
  tagged: z
    .enum(['refuse', 'take'])
    .default('refuse')
    .describe(
      'Whether tagged files are worked on: they come from programs, with text, and the new text has no tags',
    ),
})
export type Options = z.output<typeof Options>

export type OcrContext = TaskContext<Options>
