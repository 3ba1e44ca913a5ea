import { defineCommand } from '../../program/command.ts'
import { jobsArgument } from '../../program/description.ts'
import { text } from '../../program/options.ts'

export const cancel = defineCommand({
  name: 'cancel',
  about: 'Cancel jobs that have not ended',
  arguments: [jobsArgument],
  options: { reason: text('TEXT', 'why; it is kept with the job') },
  json: 'a job on each line, as GET /api/jobs/{id} has it. With --quiet: its id.',
  code: () => import('./run.ts'),
})
