import { defineCommand } from '../../program/command.ts'

export const tasks = defineCommand({
  name: 'tasks',
  about: 'List what the service can do',
  more: ['Where no service runs, the tasks of this release.'],
  arguments: [],
  options: {},
  json: 'a task on each line: name, title, inputs, outputs, options (JSON Schema). With --quiet: its name.',
  code: () => import('./run.ts'),
})
