import { defineCommand } from '../../program/command.ts'
import { count, moment, text, toggle } from '../../program/options.ts'

export const redrive = defineCommand({
  name: 'redrive',
  about: 'Run failed jobs again, each as a new job',
  more: [
    'Without --yes it only tells which. A failed job is run again once, however often this is asked for.',
  ],
  arguments: [],
  options: {
    code: text('CODE', 'only jobs that failed with this code'),
    task: text('TASK', 'only jobs of this task'),
    tag: text('TEXT', 'only jobs with this tag'),
    batch: text('ID', 'only jobs of this batch'),
    after: moment('only jobs requested at this time or later'),
    before: moment('only jobs requested before this time'),
    limit: count('the most jobs, the newest first', 100),
    yes: toggle('do it', 'y'),
  },
  json: 'an object for each job: id, task, code, requestedAt, failedAt, and retriedAs or skipped. With --quiet: the ids of the new jobs, or of those that would be run again.',
  examples: [['redrive --code engine_missing --after 1d --yes', 'once the engine is there']],
  code: () => import('./run.ts'),
})
