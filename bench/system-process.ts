import { loadConfig, onShutdown, openLog } from '@pdf-smaller/platform'
import { services } from '@pdf-smaller/all/services'
import { defineTask } from '@pdf-smaller/task'
import type { Service } from '@pdf-smaller/worker'
import { systemSettings } from '@pdf-smaller/all/settings'
import { startSystem } from '../services/all/src/system.ts'
import { echo, inWorker, tasks } from '@pdf-smaller/worker/testing/tasks'
import { provideNatsServer } from '../scripts/provision/nats-server.ts'

const config = loadConfig(systemSettings, process.env)
const log = openLog(config, 'bench')
const benchTasks: Service = {
  domain: 'testing',
  tasks,
  concurrency: 64,
  priority: 'medium',
  tasksModule: new URL('../packages/worker/testing/tasks.ts', import.meta.url),
  inWorker,
}
/** Jobs that nobody runs: what is left is the cost of taking them. */
const held: Service = {
  ...benchTasks,
  domain: 'waiting',
  tasks: [defineTask({ ...echo, name: 'hold', domain: 'waiting' })],
  concurrency: 0,
}
const system = await startSystem(
  config,
  log,
  [...services(config), benchTasks, held],
  await provideNatsServer(),
)
onShutdown(log, system.stop)
process.send?.({ url: system.url })
