import { once } from 'node:events'
import {
  connectNats,
  loadConfig,
  openJobStore,
  openLog,
  openMetrics,
  openObjects,
} from '@pdf-smaller/platform'
import { openCores, openHostEngines, startWorker } from '../src/index.ts'
import { testTasks } from './tasks.ts'

/** A worker in a process of its own, to be killed by tests. */
const config = loadConfig(process.env)
const log = openLog(config, 'testing')
const connection = await connectNats(config, log, 'testing')
const store = await openJobStore(connection, config)
const objects = await openObjects(config)
const cores = openCores(2)
const worker = await startWorker({
  domain: 'testing',
  tasks: testTasks,
  suspectProgram: new URL('suspect.ts', import.meta.url),
  priority: 'medium',
  cores,
  hostEngines: openHostEngines(config, cores),
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
await connection.close()
process.exit(0)
