import { defineCommand } from '../../program/command.ts'

export const help = defineCommand({
  name: 'help',
  about: 'Tell what the program can do, or one of its commands',
  arguments: [{ name: 'COMMAND', about: 'the command or task', optional: true, several: true }],
  options: {},
  code: () => import('./run.ts'),
})
