import { defineCommand } from '../../program/command.ts'

export const health = defineCommand({
  name: 'health',
  about: 'Tell how the whole system is, part by part',
  more: [
    'Ends with 1 when it is unhealthy. The newest check counts; one is made every five minutes. Needs a key with the scope admin.',
  ],
  arguments: [],
  options: {},
  json: 'the health, as GET /api/health has it. With --quiet: healthy, degraded or unhealthy.',
  code: () => import('./run.ts'),
})
