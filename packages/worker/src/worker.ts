import { JobFailure, liveOutcomes, workSubjects } from '@pdf-smaller/contracts'
import { silencePolicy } from '@pdf-smaller/domain'
import type { ObjectStore } from '@pdf-smaller/object-store'
import type { Config, JobStore, Log, Metrics } from '@pdf-smaller/platform'
import { workFolder } from '@pdf-smaller/platform'
import type { NatsConnection } from '@nats-io/transport-node'
import type { WorkerContext } from './context.ts'
import { openGate } from './gate.ts'
import { handleDelivery } from './handle.ts'
import type { Task } from './task.ts'
import { sweepWorkspaces } from './workspace.ts'

export type WorkerOptions = {
  domain: string
  tasks: readonly Task[]
  concurrency: number
  config: Config
  log: Log
  metrics: Metrics
  connection: NatsConnection
  store: JobStore
  objects: ObjectStore
}

export type Worker = {
  /** Attempts running now. */
  busy: () => number
  /** Takes no further jobs, lets running ones finish for `DRAIN_SECONDS`, then hands them back. */
  stop: () => Promise<void>
}

const lagEveryMs = 5000

/** Starts the workers of one domain in this process. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { domain, tasks, concurrency, config, log, metrics, connection, store, objects } = options
  const policy = silencePolicy(config.RETRY_PACE)
  const running: WorkerContext['running'] = new Map()
  const context: WorkerContext = {
    domain,
    source: `pdf-smaller/${domain}`,
    worker: config.WORKER_NAME,
    tasks: new Map(tasks.map((task) => [task.name, task])),
    heartbeatMs: policy.heartbeatMs,
    pace: config.RETRY_PACE,
    gate: openGate(),
    running,
    log,
    metrics,
    store,
    publish: (subject, payload) => connection.publish(subject, payload),
    tools: {
      objects,
      workFolder: workFolder(config),
      engine: { memoryBytes: config.ENGINE_MEMORY_MB, cores: config.CORES },
    },
  }
  const swept = await sweepWorkspaces(context.tools.workFolder, new Date())
  if (swept > 0) log.info({ swept }, 'removed workspaces that a crash had left')

  const cancellations = connection.subscribe(liveOutcomes(domain), {
    callback: (error, message) => {
      const jobId = message.subject.split('.')[5]
      if (!error && jobId) running.get(jobId)?.pull(new JobFailure('job_cancelled'))
    },
  })
  const consumer = { name: domain, filters: workSubjects(domain), ...policy }
  const consumption = await store.subscribe(consumer, concurrency, (delivery) =>
    handleDelivery(context, delivery),
  )
  const lagTimer = setInterval(() => {
    store.lag(domain).then(
      ({ waiting }) => metrics.lag.set({ domain }, waiting),
      () => {},
    )
  }, lagEveryMs)
  lagTimer.unref()
  log.info({ domain, tasks: tasks.map(({ name }) => name), concurrency }, 'worker started')

  const stop = async () => {
    clearInterval(lagTimer)
    const handBack = setTimeout(() => {
      for (const leash of running.values()) leash.pull(new JobFailure('shutting_down'))
    }, config.DRAIN_SECONDS * 1000)
    await consumption.drain()
    clearTimeout(handBack)
    if (!connection.isClosed()) cancellations.unsubscribe()
    log.info({ domain }, 'worker stopped')
  }
  return { busy: consumption.busy, stop }
}
