import { defineTask, usualLimits } from '@pdf-smaller/task'
import { Options } from './options.ts'
import { Result } from './result.ts'

export const split = defineTask({
  name: 'split',
  domain: 'conversion',
  title: 'Make several PDFs of one',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf'] },
  outputs: [{ ending: '.zip' }],
  options: Options,
  result: Result,
  stages: [
    { name: 'inspection', weight: 15 },
    { name: 'splitting', weight: 85 },
  ],
  limits: usualLimits,
  code: () => import('./run.ts'),
})
