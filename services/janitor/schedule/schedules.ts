import type { Task } from '@pdf-smaller/task'
import { cleanupExpiredJobs } from '../tasks/cleanup-expired-jobs/task.ts'
import { cleanupTempFiles } from '../tasks/cleanup-temp-files/task.ts'
import { healthCheck } from '../tasks/health-check/task.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** How often a task runs by itself. */
export type Schedule = {
  task: Task
  /** Six fields, in UTC. */
  cron: string
  /** The same in numbers: every so many ms, so long after midnight. */
  everyMs: number
  afterMs: number
  /** Also due when the schedule is new. */
  eager?: true
}

export const schedules: readonly Schedule[] = [
  { task: cleanupExpiredJobs, cron: '0 0 2 * * *', everyMs: 24 * hourMs, afterMs: 2 * hourMs },
  { task: cleanupTempFiles, cron: '0 */30 * * * *', everyMs: 30 * minuteMs, afterMs: 0 },
  { task: healthCheck, cron: '0 */5 * * * *', everyMs: 5 * minuteMs, afterMs: 0, eager: true },
]

/** When the task was due last. */
export function lastDue({ everyMs, afterMs }: Pick<Schedule, 'everyMs' | 'afterMs'>, now: Date): Date {
  return new Date(Math.floor((now.getTime() - afterMs) / everyMs) * everyMs + afterMs)
}
