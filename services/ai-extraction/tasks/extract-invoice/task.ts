import { ExtractionResult, InvoiceExport } from '@pdf-smaller/contracts/extraction'
import { defineTask, usualLimits } from '@pdf-smaller/task'
import { z } from 'zod'
import { commonOptions } from '../../extraction/options.ts'
import { stages } from '../../extraction/stages.ts'

export const extractInvoice = defineTask({
  name: 'extract-invoice',
  domain: 'ai-extraction',
  title: 'Read an invoice or credit note, as PDF or as XML, and check that its figures add up',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf', 'application/xml'] },
  outputs: [
    { ending: '.json' },
    { ending: '.csv', when: { option: 'exports', is: 'csv' } },
    { ending: '.xlsx', when: { option: 'exports', is: 'xlsx' } },
  ],
  options: z.strictObject({
    ...commonOptions,
    exports: z
      .array(InvoiceExport)
      .max(2)
      .default(['csv', 'xlsx'])
      .describe('Files of the lines beside extraction.json'),
  }),
  result: ExtractionResult,
  stages,
  limits: { ...usualLimits, retries: 2 },
  code: () => import('./run.ts'),
})
