import { defineTask, usualLimits } from '@pdf-smaller/task'
import { Options } from './options.ts'
import { Result } from './result.ts'

export const merge = defineTask({
  name: 'merge',
  domain: 'conversion',
  title: 'Make one PDF of several PDFs and images',
  inputs: {
    min: 2,
    max: 1000,
    contentTypes: ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/tiff'],
  },
  outputs: [{ ending: '.pdf' }],
  options: Options,
  result: Result,
  stages: [
    { name: 'inspection', weight: 50 },
    { name: 'assembly', weight: 15 },
    { name: 'writing', weight: 20 },
    { name: 'judgement', weight: 15 },
  ],
  limits: usualLimits,
  code: () => import('./run.ts'),
})
