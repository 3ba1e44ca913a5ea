import { defineCommand } from '../../program/command.ts'
import { jobArgument } from '../../program/description.ts'
import { text, toggle } from '../../program/options.ts'

export const download = defineCommand({
  name: 'download',
  about: 'Write the results of a job into files',
  more: [
    'Without -o they get the names that they have; with a folder they go there. Of several results each gets its own name, unless --name picks one.',
  ],
  arguments: [jobArgument],
  options: {
    out: text('OUT', 'the file or folder to write to, - for stdout', { short: 'o', file: true }),
    name: text('NAME', 'only the result of this name'),
    wait: toggle('wait for the end of the job first', 'w'),
    force: toggle('write over files that are there', 'f'),
    overwrite: toggle('the same as --force'),
  },
  json: 'the job and what was saved: job, saved. With --quiet: the files, one on each line.',
  examples: [['download ID -o - | pdftotext - -', 'hand a result on']],
  code: () => import('./run.ts'),
})
