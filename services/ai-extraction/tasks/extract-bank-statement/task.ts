import { ExtractionResult, StatementExport } from '@pdf-smaller/contracts/extraction'
import { defineTask, usualLimits } from '@pdf-smaller/task'
import { z } from 'zod'
import { commonOptions } from '../../extraction/options.ts'
import { stages } from '../../extraction/stages.ts'

export const extractBankStatement = defineTask({
  name: 'extract-bank-statement',
  domain: 'ai-extraction',
  title:
    'Read the accounts and transactions of a bank statement, and check that they lead from balance to balance',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf'] },
  outputs: [
    { ending: '.json' },
    { ending: '.csv', when: { option: 'exports', is: 'csv' } },
    { ending: '.xlsx', when: { option: 'exports', is: 'xlsx' } },
    { ending: '.ofx', when: { option: 'exports', is: 'ofx' } },
  ],
  options: z.strictObject({
    ...commonOptions,
    exports: z
      .array(StatementExport)
      .max(3)
      .default(['csv', 'xlsx', 'ofx'])
      .describe('Files of the transactions beside extraction.json'),
  }),
  result: ExtractionResult,
  stages,
  limits: { ...usualLimits, retries: 2 },
  code: () => import('./run.ts'),
})
