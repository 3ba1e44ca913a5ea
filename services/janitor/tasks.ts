import type { Task } from '@pdf-smaller/task'
import { cleanupExpiredJobs } from './tasks/cleanup-expired-jobs/task.ts'
import { cleanupTempFiles } from './tasks/cleanup-temp-files/task.ts'
import { healthCheck } from './tasks/health-check/task.ts'

/** The tasks of the janitor domain. */
export const tasks: readonly Task[] = [cleanupExpiredJobs, cleanupTempFiles, healthCheck]
