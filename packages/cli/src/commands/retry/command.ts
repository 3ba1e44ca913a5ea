import { defineCommand } from '../../program/command.ts'
import { jobsArgument } from '../../program/description.ts'

export const retry = defineCommand({
  name: 'retry',
  about: 'Run ended jobs again, each as a new job',
  arguments: [jobsArgument],
  options: {},
  json: 'the new job on each line, as GET /api/jobs/{id} has it. With --quiet: its id.',
  code: () => import('./run.ts'),
})
