import { defineTask, usualLimits } from '@pdf-smaller/worker/task'
import { Options } from '@pdf-smaller/compress/options'
import { Result } from '@pdf-smaller/compress/result'

export const compress = defineTask({
  name: 'compress',
  domain: 'compression',
  title: 'Make a PDF smaller without damage',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf'] },
  options: Options,
  result: Result,
  stages: [
    { name: 'initialization', weight: 5 },
    { name: 'analysis', weight: 15 },
    { name: 'compression', weight: 70 },
    { name: 'optimization', weight: 8 },
    { name: 'finalization', weight: 2 },
  ],
  limits: usualLimits,
  reusable: { version: 1 },
  load: () => import('@pdf-smaller/compress/run'),
})
