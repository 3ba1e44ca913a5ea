import { defineCommand } from '../../program/command.ts'
import { text, toggle } from '../../program/options.ts'

export const up = defineCommand({
  name: 'up',
  about: 'Start the whole system on this machine',
  more: [
    'What is missing is fetched first. It runs until Ctrl-C; with --detach in the background, until pdf-smaller down. Its settings are those of docs/settings.md.',
  ],
  arguments: [],
  options: {
    port: text('PORT', 'the port of its address (8080 by default)'),
    dataDir: text('FOLDER', 'where it keeps everything (.data of the program by default)', { file: true }),
    detach: toggle('run in the background', 'd'),
  },
  json: 'with --detach an object: url, pid, log. With --quiet: the address.',
  code: () => import('./run.ts'),
})
