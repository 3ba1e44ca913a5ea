import { defineTask } from '@pdf-smaller/task'
import { Options } from '@pdf-smaller/compress/options'
import { Result } from './result.ts'

export const bulkCompress = defineTask({
  name: 'bulk-compress',
  domain: 'compression',
  title: 'Make several PDFs smaller and give them back in one ZIP',
  // The reports of all files stand in one event, of which the event store takes a megabyte.
  inputs: { min: 2, max: 200, contentTypes: ['application/pdf'], oneByOne: true },
  outputs: [{ ending: '.zip' }],
  options: Options,
  result: Result,
  stages: [
    { name: 'compression', weight: 98 },
    { name: 'finalization', weight: 2 },
  ],
  limits: { retries: 3, softSeconds: 3 * 3600, hardSeconds: 3 * 3600 + 300 },
  reusable: { version: 2 },
  code: () => import('./run.ts'),
})
