import type { Service } from '@pdf-smaller/worker'
import { tasks } from '../tasks.ts'
import { besideJobs } from './beside.ts'
import { maintenance } from './maintenance.ts'
import type { JanitorConfig } from './settings.ts'

/** The janitor domain as a service, in a process of its own or beside others. */
export function janitor(config: JanitorConfig): Service {
  return {
    domain: 'janitor',
    tasks,
    concurrency: config.CONCURRENCY_JANITOR,
    priority: 'low',
    beside: besideJobs,
    inWorker: (parts) => maintenance({ ...parts, config, clock: () => new Date() }),
    tasksModule: new URL('../tasks.ts', import.meta.url),
  }
}
