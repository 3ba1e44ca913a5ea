import type { Config } from '@pdf-smaller/platform'
import type { Service } from '@pdf-smaller/worker'
import { noteConsumer } from '../nets/dead-letters.ts'
import { tickConsumer } from '../schedule/ticks.ts'
import { tasks } from '../tasks.ts'
import { besideJobs } from './beside.ts'
import { maintenance } from './maintenance.ts'

/** The janitor domain as a service, in a process of its own or beside others. */
export function janitor(config: Config): Service {
  return {
    domain: 'janitor',
    tasks,
    concurrency: config.CONCURRENCY_JANITOR,
    priority: 'low',
    consumers: [tickConsumer, noteConsumer],
    beside: besideJobs,
    inWorker: (parts) => maintenance({ ...parts, clock: () => new Date() }),
    tasksModule: new URL('../tasks.ts', import.meta.url),
  }
}
