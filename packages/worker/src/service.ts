import type { Engine } from '@pdf-smaller/engines'
import {
  connectNats,
  onShutdown,
  openJobStore,
  openLog,
  openMetrics,
  openObjects,
  startOpsServer,
  startTraces,
} from '@pdf-smaller/platform'
import type { Task, WorkerCode } from '@pdf-smaller/task'
import type { WorkerParts } from './context.ts'
import { openCores, type Priority } from './cores.ts'
import { openHostEngines } from './host-engines.ts'
import { openTaskHosts } from './hosts/pool.ts'
import { readinessOf } from './readiness.ts'
import type { WorkerConfig } from './settings.ts'
import { startWorker } from './worker.ts'

export type Service = {
  domain: string
  tasks: readonly Task[]
  concurrency: number
  /** The module that exports its tasks under that name. */
  tasksModule: URL
  priority: Priority
  /** The code of its tasks that run in the worker, over what only the worker has. */
  inWorker?: (parts: WorkerParts) => WorkerCode
  /** Those that its tasks cannot do without. */
  engines?: readonly Engine[]
  /** Makes what answers the questions of its tasks. */
  answers?: WorkerParts['answers']
  /** What the service does beside its jobs, from its start until the returned function is called. */
  beside?: (parts: WorkerParts) => Promise<() => Promise<void>>
}

/** Runs the workers of one domain as a process of their own, until it is told to stop. */
export async function runService(service: Service, config: WorkerConfig): Promise<void> {
  const log = openLog(config, service.domain)
  const teller = { service: `pdf-smaller-${service.domain}`, instance: config.WORKER_NAME }
  const endTraces = await startTraces(teller, process.env, log)
  const connection = await connectNats(config, log, config.WORKER_NAME)
  const [store, objects, metrics] = [
    await openJobStore(connection, { log }),
    await openObjects(config),
    openMetrics(),
  ]
  const cores = openCores(config.CORES)
  const taskHosts = openTaskHosts(config, log)
  const worker = await startWorker({
    ...service,
    cores,
    hostEngines: openHostEngines(config, cores),
    taskHosts,
    config,
    log,
    metrics,
    connection,
    store,
    objects,
  })
  const { HOST: host, OPS_PORT: port } = config
  const closeOps =
    port === undefined
      ? undefined
      : await startOpsServer({ host, port }, metrics, readinessOf({ store, objects }))
  onShutdown(log, async () => {
    await worker.stop()
    await taskHosts.stop()
    await closeOps?.()
    await objects.close()
    await connection.drain()
    await endTraces()
  })
}
