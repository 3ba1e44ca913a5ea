import type { JobStatus } from '@pdf-smaller/contracts'
import { defineCommand } from '../../program/command.ts'
import { choice, count, moment, text } from '../../program/options.ts'

/** All of them, which the compiler makes sure of. */
const statuses: Record<JobStatus, true> = {
  scheduled: true,
  queued: true,
  running: true,
  retrying: true,
  completed: true,
  failed: true,
  cancelled: true,
}

export const jobs = defineCommand({
  name: 'jobs',
  about: 'List jobs, the newest first',
  arguments: [],
  options: {
    status: choice('only jobs of this status', keysOf(statuses)),
    task: text('TASK', 'only jobs of this task'),
    tag: text('TEXT', 'only jobs with this tag'),
    batch: text('ID', 'only jobs of this batch'),
    after: moment('only jobs requested at this time or later'),
    before: moment('only jobs requested before this time'),
    limit: count('how many', 20),
  },
  json: 'a job on each line, as GET /api/jobs/{id} has it. With --quiet: its id.',
  examples: [
    ['jobs --status failed --after 1d', 'what failed in the last 24 hours'],
    ['jobs --tag spring -q | xargs pdf-smaller delete', 'delete the files of all jobs with a tag'],
  ],
  code: () => import('./run.ts'),
})

function keysOf<K extends string>(table: Record<K, unknown>): K[] {
  return Object.keys(table) as K[]
}
