import { defineCommand } from '../../program/command.ts'

/** What the scripts of shells ask; nobody types it. */
export const complete = defineCommand({
  name: 'complete',
  about: 'Write what could stand at the end of a command line',
  arguments: [{ name: 'WORD', about: 'the words so far', optional: true, several: true }],
  options: {},
  code: () => import('./run.ts'),
})
