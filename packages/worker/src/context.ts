import { eventContentType, JobFailure, type JobView, liveOutcomes } from '@pdf-smaller/contracts'
import { silencePolicy } from '@pdf-smaller/domain'
import type { ObjectStore } from '@pdf-smaller/object-store'
import { type JobStore, type Log, type Metrics, workFolder } from '@pdf-smaller/platform'
import { type Code, codeByName, type EngineContext, type Task, type WorkerCode } from '@pdf-smaller/task'
import { headers, type NatsConnection, type Subscription } from '@nats-io/transport-node'
import { type AnswerQuestion, answersNothing } from './answer.ts'
import type { Cores, Priority } from './cores.ts'
import { type EarlierResults, openEarlierResults } from './earlier-results.ts'
import type { HostEngines } from './host-engines.ts'
import type { TaskHosts } from './hosts/pool.ts'
import type { WorkerConfig } from './settings.ts'
import { isWorkedOn } from './sign-of-life.ts'
import type { Leash } from './time-limit.ts'

/** What a worker is made of. */
export type WorkerParts = {
  domain: string
  tasks: readonly Task[]
  /** Its place among the domains that wait for cores of the same host. */
  priority: Priority
  cores: Cores
  hostEngines: HostEngines
  taskHosts: TaskHosts
  /** The module that exports these tasks under that name: their processes load it. */
  tasksModule: URL
  config: WorkerConfig
  log: Log
  metrics: Metrics
  connection: NatsConnection
  store: JobStore
  objects: ObjectStore
  /** Makes what answers the questions of its tasks; without it there are none. */
  answers?: ((parts: WorkerParts) => AnswerQuestion) | undefined
}

/** An attempt that runs here, as it is ended from outside. */
type Running = { number: number; leash: Leash }

/** What all attempts of one domain in this process share. */
export type WorkerContext = Pick<
  WorkerParts,
  'domain' | 'config' | 'log' | 'metrics' | 'store' | 'objects' | 'hostEngines' | 'taskHosts'
> & {
  /** The `source` of the events that it writes. */
  source: string
  tasks: ReadonlyMap<string, Task>
  /** Of the tasks that run in this process. */
  code: ReadonlyMap<string, Code>
  /** The module that lists the tasks, as an address of a file. */
  module: string
  heartbeatMs: number
  /** The attempts that run here, by job. */
  running: Map<string, Running>
  /** The messages that are handled here, by their sequence. */
  handled: Set<number>
  /** Whether the worker that started a job still works on it. */
  isWorkedOn: (job: JobView) => Promise<boolean>
  /** Publishes an event that nobody waits for. */
  publish: (subject: string, payload: string) => void
  earlierResults: EarlierResults
  workFolder: string
  /** What engines may take. */
  engine: Required<Pick<EngineContext, 'memoryBytes' | 'cores' | 'mostObjects' | 'drawing'>>
  /** Answers the questions of tasks. */
  answer: AnswerQuestion
  /** Runs work as soon as one of the host's cores is free. */
  core: <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>
}

/** @param workerCode of the tasks that run in this process */
export function workerContext(parts: WorkerParts, workerCode: WorkerCode): WorkerContext {
  const { domain, config, log, metrics, store, objects, hostEngines, taskHosts } = parts
  const { tasks, priority, cores, tasksModule, connection } = parts
  return {
    domain,
    config,
    log,
    metrics,
    store,
    objects,
    hostEngines,
    taskHosts,
    source: `pdf-smaller/${domain}`,
    tasks: new Map(tasks.map((task) => [task.name, task])),
    code: codeByName(tasks, workerCode),
    module: tasksModule.href,
    heartbeatMs: silencePolicy(config.RETRY_PACE).heartbeatMs,
    running: new Map(),
    handled: new Set(),
    isWorkedOn: (job) => isWorkedOn(connection, job, config),
    publish: eventPublisher(connection),
    earlierResults: openEarlierResults(store, log),
    workFolder: workFolder(config),
    engine: engineLimits(config),
    answer: parts.answers?.(parts) ?? answersNothing,
    core: (signal, work) => cores.use(priority, signal, work),
  }
}

function eventPublisher(connection: NatsConnection): WorkerContext['publish'] {
  const ofEvents = headers()
  ofEvents.set('content-type', eventContentType)
  return (subject, payload) => connection.publish(subject, payload, { headers: ofEvents })
}

function engineLimits(config: WorkerConfig): WorkerContext['engine'] {
  return {
    memoryBytes: config.ENGINE_MEMORY_MB,
    cores: config.CORES,
    mostObjects: config.MAX_OBJECTS,
    drawing: {
      memoryBytes: config.DRAWING_MEMORY_MB,
      mostPixels: config.DRAWING_MEGAPIXELS * 1e6,
      ms: config.DRAWING_SECONDS * 1000,
    },
  }
}

/** Ends the attempts here whose job is cancelled. Only stored outcomes are republished, so this news is true. */
export function followCancellations(
  { domain, running }: WorkerContext,
  connection: NatsConnection,
): Subscription {
  return connection.subscribe(liveOutcomes(domain), {
    callback: (error, message) => {
      const jobId = message.subject.split('.')[5]
      if (!error && jobId) running.get(jobId)?.leash.pull(new JobFailure('job_cancelled'))
    },
  })
}
