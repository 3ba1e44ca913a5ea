import { defineCommand } from '../../program/command.ts'
import { text } from '../../program/options.ts'

export const down = defineCommand({
  name: 'down',
  about: 'End the system that runs on this machine',
  more: ['Jobs that run are handed back, and go on at its next start.'],
  arguments: [],
  options: { dataDir: text('FOLDER', 'the folder that it was started with', { file: true }) },
  json: 'an object: url, pid',
  code: () => import('./run.ts'),
})
