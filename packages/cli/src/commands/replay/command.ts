import { defineCommand } from '../../program/command.ts'
import { jobArgument } from '../../program/description.ts'
import { text } from '../../program/options.ts'

export const replay = defineCommand({
  name: 'replay',
  about: 'Run an ended job once more in another way, on the same files, as a new job',
  more: [
    'Beside its own it takes the options of the task of the job, such as --engine or --model; see pdf-smaller TASK --help. What is not given stays as it was. Compare the two with: pdf-smaller comparison NEW-ID',
  ],
  arguments: [jobArgument],
  options: { tag: text('TEXT', 'a word to find the new job by') },
  takesOthers: true,
  json: 'the new job, as GET /api/jobs/{id} has it. With --quiet: its id.',
  examples: [['replay ID --engine rules', '']],
  code: () => import('./run.ts'),
})
