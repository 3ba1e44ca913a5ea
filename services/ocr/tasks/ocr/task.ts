import { defineTask } from '@pdf-smaller/task'
import { Options } from './options.ts'
import { Result } from './result.ts'

export const ocr = defineTask({
  name: 'ocr',
  domain: 'ocr',
  title: 'Make a scanned PDF, or images of pages, searchable, with the pages kept as they are',
  inputs: {
    min: 1,
    max: 200,
    contentTypes: ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/tiff'],
    alone: 'application/pdf',
  },
  outputs: [
    { ending: '.pdf' },
    { ending: '.txt', when: { option: 'sidecar', is: true } },
    { ending: '.hocr', when: { option: 'hocr', is: true } },
    { ending: '.alto.xml', when: { option: 'alto', is: true } },
  ],
  options: Options,
  result: Result,
  stages: [
    { name: 'inspection', weight: 5 },
    { name: 'recognition', weight: 75 },
    { name: 'assembly', weight: 5 },
    { name: 'optimisation', weight: 10 },
    { name: 'archiving', weight: 5 },
  ],
  // A thousand pages take the better part of an hour on two cores.
  limits: { retries: 3, softSeconds: 6600, hardSeconds: 7200 },
  reusable: { version: 7 },
  resumable: true,
  code: () => import('./run.ts'),
})
