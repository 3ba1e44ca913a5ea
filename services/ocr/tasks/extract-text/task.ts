import { defineTask, usualLimits } from '@pdf-smaller/task'
import { Options } from './options.ts'
import { Result } from './result.ts'

export const extractText = defineTask({
  name: 'extract-text',
  domain: 'ocr',
  title: 'Extract the text of a PDF, with the place and the font of each word on request',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf'] },
  outputs: [
    { ending: '.txt', when: { option: 'format', is: 'text' } },
    { ending: '.json', when: { option: 'format', is: 'json' } },
    { ending: '.md', when: { option: 'format', is: 'markdown' } },
  ],
  options: Options,
  result: Result,
  stages: [
    { name: 'inspection', weight: 5 },
    { name: 'extraction', weight: 95 },
  ],
  limits: usualLimits,
  reusable: { version: 4 },
  code: () => import('./run.ts'),
})
