import { once } from 'node:events'
import {
  connectNats,
  loadConfig,
  openJobStore,
  openLog,
  openMetrics,
  openObjects,
} from '@pdf-smaller/platform'
import { openCores, openHostEngines, openTaskHosts, startWorker, workerSettings } from '../src/index.ts'
import { inWorker, tasks } from './tasks.ts'

/** A worker in a process of its own, to be killed by tests. */
const config = loadConfig(workerSettings, process.env)
const log = openLog(config, 'testing')
const connection = await connectNats(config, log, 'testing')
const store = await openJobStore(connection, { log })
const objects = await openObjects(config)
const cores = openCores(2)
const taskHosts = openTaskHosts(config, log)
const worker = await startWorker({
  domain: 'testing',
  tasks,
  tasksModule: new URL('tasks.ts', import.meta.url),
  inWorker,
  priority: 'medium',
  cores,
  hostEngines: openHostEngines(config, cores),
  taskHosts,
  concurrency: 4,
  config,
  log,
  metrics: openMetrics(),
  connection,
  store,
  objects,
})
process.send?.('started')
await once(process, 'SIGTERM')
await worker.stop()
await taskHosts.stop()
await connection.close()
process.exit(0)
