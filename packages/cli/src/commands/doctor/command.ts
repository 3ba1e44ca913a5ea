import { defineCommand } from '../../program/command.ts'

export const doctor = defineCommand({
  name: 'doctor',
  about: 'Tell what is installed on this machine, what is missing, and how to get it',
  more: [
    'Ends with 1 when something is missing that the system needs here. Who only uses a service elsewhere needs none of it.',
  ],
  arguments: [],
  options: {},
  json: 'a finding on each line: what, state (ok, missing, optional), about, and get where it can be had',
  code: () => import('./run.ts'),
})
