import type { TaskContext } from '@pdf-smaller/task'
import { z } from 'zod'
import { Signed } from '../../assembly/contract.ts'

const Metadata = z.string().max(500).optional()

export const Options = z.strictObject({
  order: z
    .enum(['given', 'name', 'date', 'title'])
    .default('given')
    .describe('In which order the files follow: as they were sent, or by name, date of creation or title'),
  pages: z
    .string()
    .max(10_000)
    .optional()
    .describe(
      'Pages of each file, in the order sent and separated by ";", such as 1-3,8-;odd;last; empty for all',
    ),
  contents: z.boolean().default(false).describe('Begin with a table of contents'),
  duplex: z
    .boolean()
    .default(false)
    .describe('Add blank pages, so that each file begins on a front side when both sides are printed'),
  signed: Signed,
  title: Metadata.describe("Title of the result; the first file's by default, as are the other three"),
  author: Metadata.describe('Author of the result'),
  subject: Metadata.describe('Subject of the result'),
  keywords: Metadata.describe('Keywords of the result'),
})
export type Options = z.output<typeof Options>

export type MergeContext = TaskContext<Options>
