import { defineCommand } from '../../program/command.ts'
import { jobArgument } from '../../program/description.ts'

export const receipt = defineCommand({
  name: 'receipt',
  about: 'Tell what an ended job did with which files, and what becomes of them',
  arguments: [jobArgument],
  options: {},
  json: 'the receipt, as GET /api/jobs/{id}/receipt has it',
  code: () => import('./run.ts'),
})
