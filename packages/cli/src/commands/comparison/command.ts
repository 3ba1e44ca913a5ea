import { defineCommand } from '../../program/command.ts'
import { jobArgument } from '../../program/description.ts'
import { text } from '../../program/options.ts'

export const comparison = defineCommand({
  name: 'comparison',
  about: 'Compare field by field what two jobs have extracted',
  more: ['The other job is the one that this one replays, or the one that --with names.'],
  arguments: [jobArgument],
  options: { with: text('ID', 'the job to compare with') },
  json: 'the comparison, as GET /api/jobs/{id}/comparison has it',
  code: () => import('./run.ts'),
})
