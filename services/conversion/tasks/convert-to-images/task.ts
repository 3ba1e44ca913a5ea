import { defineTask, usualLimits } from '@pdf-smaller/task'
import { Options } from './options.ts'
import { Result } from './result.ts'

export const convertToImages = defineTask({
  name: 'convert-to-images',
  domain: 'conversion',
  title: 'Make images of the pages of a PDF',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf'] },
  outputs: [{ ending: '.zip' }],
  options: Options,
  result: Result,
  stages: [
    { name: 'inspection', weight: 5 },
    { name: 'rendering', weight: 95 },
  ],
  limits: usualLimits,
  code: () => import('./run.ts'),
})
