import { HealthReport } from '@pdf-smaller/contracts'
import { defineTask } from '@pdf-smaller/task'
import { z } from 'zod'

export const healthCheck = defineTask({
  name: 'health-check',
  domain: 'janitor',
  title: 'Look at all parts of the system',
  inputs: { min: 0, max: 0, contentTypes: [] },
  outputs: [],
  options: z.strictObject({}),
  result: HealthReport,
  stages: [{ name: 'check', weight: 100 }],
  limits: { retries: 0, softSeconds: 120, hardSeconds: 150 },
  inWorker: true,
  maintenance: true,
})
