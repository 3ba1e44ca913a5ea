import { defineCommand } from '../../program/command.ts'
import { jobArgument } from '../../program/description.ts'
import { count, text, toggle } from '../../program/options.ts'

export const correct = defineCommand({
  name: 'correct',
  about: 'Say what a field of an extraction should be, or list what was said',
  more: [
    'What was extracted stays as it is. With the id alone it lists the corrections of the job. An amount below zero goes behind "--".',
  ],
  arguments: [
    jobArgument,
    { name: 'FIELD', about: 'such as invoice.totals.gross', optional: true },
    { name: 'VALUE', about: 'what it should be, such as 119.00 or 2026-01-31', optional: true },
  ],
  options: {
    document: count('which document of the job, from 0', 0, 0),
    note: text('TEXT', 'why'),
    none: toggle('the document does not have the field'),
  },
  json: 'a correction on each line',
  examples: [['correct ID invoice.totals.gross 119.00 --note "by phone"', '']],
  code: () => import('./run.ts'),
})
