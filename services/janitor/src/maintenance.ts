import { codeOf, type RunTask, type WorkerCode } from '@pdf-smaller/task'
import type { Backbone } from '../tasks/backbone.ts'
import { cleanupExpiredJobs } from '../tasks/cleanup-expired-jobs/task.ts'
import { cleanupTempFiles } from '../tasks/cleanup-temp-files/task.ts'
import { healthCheck } from '../tasks/health-check/task.ts'

/** The code of the janitor's tasks, which runs in the worker: they work on what no host may see. */
export function maintenance(backbone: Backbone): WorkerCode {
  const over =
    <O, R>(code: () => Promise<{ runOver: (backbone: Backbone) => RunTask<O, R> }>) =>
    async () => ({ run: (await code()).runOver(backbone) })
  return [
    codeOf(
      cleanupExpiredJobs,
      over(() => import('../tasks/cleanup-expired-jobs/run.ts')),
    ),
    codeOf(
      cleanupTempFiles,
      over(() => import('../tasks/cleanup-temp-files/run.ts')),
    ),
    codeOf(
      healthCheck,
      over(() => import('../tasks/health-check/run.ts')),
    ),
  ]
}
