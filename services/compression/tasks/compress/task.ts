import { defineTask, usualLimits } from '@pdf-smaller/task'
import { Options } from '@pdf-smaller/compress/options'
import { Result } from '@pdf-smaller/compress/result'
import { stages } from '@pdf-smaller/compress/stages'

export const compress = defineTask({
  name: 'compress',
  domain: 'compression',
  title: 'Make a PDF smaller without damage',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf'] },
  outputs: [{ ending: '.pdf' }],
  options: Options,
  result: Result,
  stages,
  limits: usualLimits,
  reusable: { version: 2 },
  code: () => import('@pdf-smaller/compress/run'),
})
