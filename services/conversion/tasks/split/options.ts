import type { TaskContext } from '@pdf-smaller/task'
import { z } from 'zod'
import { Signed } from '../../assembly/contract.ts'
import { PageRanges } from '@pdf-smaller/pdf/page-ranges'
import { Template } from './names.ts'

export const By = z.enum(['every', 'ranges', 'outline', 'size', 'blank', 'parity'])
export type By = z.infer<typeof By>

export const Options = z
  .strictObject({
    by: By.default('every').describe(
      'Where to cut: after every so many pages, by ranges, before entries of the outline, by size, at blank pages ' +
        '(which are left out), or odd and even pages apart',
    ),
    every: z.int().min(1).max(20_000).default(1).describe('Pages of each file, with by=every'),
    ranges: PageRanges.max(10_000)
      .optional()
      .describe('With by=ranges: each range makes a file, such as 1-3,4-9,10-,odd'),
    level: z.int().min(1).max(10).default(1).describe('With by=outline: how deep the entries may stand'),
    megabytes: z
      .number()
      .positive()
      .max(10_000)
      .optional()
      .describe('With by=size: the largest size of a file'),
    signed: Signed,
    name: Template.default('{name}-{from}-{to}').describe(
      'What the files are called: {name} of the PDF, {from} and {to} as page numbers, {index}, {title} in the outline',
    ),
  })
  .check((context) => {
    const { by, ranges, megabytes } = context.value
    const missing =
      by === 'ranges' && !ranges ? 'ranges' : by === 'size' && !megabytes ? 'megabytes' : undefined
    if (missing)
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: [missing],
        message: `it is needed with by=${by}`,
      })
  })
export type Options = z.output<typeof Options>

export type SplitContext = TaskContext<Options>
