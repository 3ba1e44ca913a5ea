import type { App, Context } from '../context.ts'
import { systemHealth, SystemHealth } from '../health.ts'
import { answers } from '../http/answers.ts'

const schema = {
  tags: ['Operations'],
  summary: 'How the whole system is, part by part, and how it was in the last day',
  description: 'By the newest job of the task `health-check`, which runs every five minutes.',
  response: answers({
    200: { description: 'It is healthy, or degraded', schema: SystemHealth },
    503: { description: 'It is unhealthy, and why', schema: SystemHealth },
  }),
} as const

export function health(app: App, context: Context): void {
  app.get('/api/health', { config: { access: 'admin' }, schema }, (_, reply) => {
    const found = systemHealth(context)
    void reply.code(found.status === 'unhealthy' ? 503 : 200).send(found)
  })
}
