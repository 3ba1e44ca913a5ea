import { defineCommand } from '../../program/command.ts'
import { jobArgument } from '../../program/description.ts'

export const status = defineCommand({
  name: 'status',
  about: 'Tell how far a job is, or what came of it',
  more: ['Ends with 1 when the job has failed.'],
  arguments: [jobArgument],
  options: {},
  json: 'the job, as GET /api/jobs/{id} has it. With --quiet: its status.',
  code: () => import('./run.ts'),
})
