import { defineCommand } from '../../program/command.ts'
import { moment, text, toggle, words } from '../../program/options.ts'

const filters = {
  task: text('TASK', 'only events of jobs of this task'),
  type: words('TYPE', 'only events of these types, such as completed, failed or pdfsmaller.job.completed.v1'),
  tag: text('TEXT', 'only events of jobs with this tag'),
  tenant: text('TENANT', 'another tenant than that of the key, or * for all, where the key allows it'),
}
const json =
  'an object on each line: sequence and event (a CloudEvent; of progress without a sequence). With --quiet: the sequence.'

export const tail = defineCommand({
  name: 'events tail',
  about: 'Follow the events of all jobs as they happen',
  more: ['Goes on over lost connections, each event once and in order, until Ctrl-C.'],
  arguments: [],
  options: {
    ...filters,
    since: moment('begin with what was stored at this time, not now'),
    after: text('SEQUENCE', 'begin behind this sequence'),
    progress: toggle('also how far running jobs are'),
  },
  json,
  examples: [['events tail --type failed --json', 'for a program that looks after failures']],
  code: () => import('./tail.ts'),
})

export const replayEvents = defineCommand({
  name: 'events replay',
  about: 'Write all events that are stored now, the oldest first',
  arguments: [],
  options: {
    ...filters,
    from: text(
      'SEQUENCE|TIME',
      'begin with this sequence, or at this time; 0 is the first that is kept (0 by default)',
    ),
    after: text('SEQUENCE', 'begin behind this sequence'),
  },
  json,
  examples: [['events replay --from 7d --json > events.jsonl', 'what happened in the last week']],
  code: () => import('./replay.ts'),
})
