import { defineTask } from '@pdf-smaller/task'
import { maintenanceLimits } from '../limits.ts'
import { Options } from './options.ts'
import { Result } from './result.ts'

export const cleanupExpiredJobs = defineTask({
  name: 'cleanup-expired-jobs',
  domain: 'janitor',
  title: 'Delete the files of jobs whose time is over, and files without a job',
  inputs: { min: 0, max: 0, contentTypes: [] },
  outputs: [],
  options: Options,
  result: Result,
  stages: [
    { name: 'stock', weight: 30 },
    { name: 'deletion', weight: 70 },
  ],
  limits: maintenanceLimits,
  inWorker: true,
  maintenance: true,
})
