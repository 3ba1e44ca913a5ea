import { defineTask } from '@pdf-smaller/task'
import { maintenanceLimits } from '../limits.ts'
import { Options } from './options.ts'
import { Result } from './result.ts'

export const cleanupTempFiles = defineTask({
  name: 'cleanup-temp-files',
  domain: 'janitor',
  title: 'Delete temporary files that crashed processes left, and old logs',
  inputs: { min: 0, max: 0, contentTypes: [] },
  outputs: [],
  options: Options,
  result: Result,
  stages: [
    { name: 'objects', weight: 50 },
    { name: 'workspaces', weight: 40 },
    { name: 'logs', weight: 10 },
  ],
  limits: maintenanceLimits,
  inWorker: true,
  maintenance: true,
})
