import { defineCommand } from '../../program/command.ts'
import { jobsArgument } from '../../program/description.ts'

export const wait = defineCommand({
  name: 'wait',
  about: 'Wait until jobs have ended',
  more: ['Ends with 1 when one of them has failed. The jobs go on when the command is interrupted.'],
  arguments: [jobsArgument],
  options: {},
  json: 'a job on each line as it ends, as GET /api/jobs/{id} has it. With --quiet: its id and its status.',
  examples: [
    ['compress scan.pdf --detach -q | xargs pdf-smaller wait', 'hand a file in, and wait for it elsewhere'],
  ],
  code: () => import('./run.ts'),
})
