import { defineCommand } from '../../program/command.ts'

export const estimate = defineCommand({
  name: 'estimate',
  about: 'Tell what each level of compress would make of files',
  more: [
    'They are judged by their structure: quick, and not exact. Of nine files in ten, the result lies within the range. No job is made.',
  ],
  arguments: [{ name: 'FILE', about: 'the PDFs; - reads one from stdin', several: true, file: true }],
  options: {},
  json: 'an object for each file on a line of its own: file, bytes, pages, levels (bytes, least, most, ratio, saved), warnings',
  examples: [['estimate *.pdf', 'what could be gained']],
  code: () => import('./run.ts'),
})
