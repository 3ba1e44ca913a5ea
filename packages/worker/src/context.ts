import { JobFailure, type JobView, liveOutcomes } from '@pdf-smaller/contracts'
import { silencePolicy } from '@pdf-smaller/domain'
import type { ObjectStore } from '@pdf-smaller/object-store'
import { type Config, type JobStore, type Log, type Metrics, workFolder } from '@pdf-smaller/platform'
import type { Code, Task, WorkerCode } from '@pdf-smaller/task'
import type { NatsConnection, Subscription } from '@nats-io/transport-node'
import { type AnswerQuestion, answersNothing } from './answer.ts'
import type { AttemptTools } from './attempt.ts'
import type { Cores, Priority } from './cores.ts'
import { openEarlierResults } from './earlier-results.ts'
import type { HostEngines } from './host-engines.ts'
import type { TaskHosts } from './hosts/pool.ts'
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
  config: Config
  log: Log
  metrics: Metrics
  connection: NatsConnection
  store: JobStore
  objects: ObjectStore
  /** Makes what answers the questions of its tasks; without it there are none. */
  answers?: ((parts: WorkerParts) => AnswerQuestion) | undefined
}

/** What all attempts of one domain in this process share. */
export type WorkerContext = {
  domain: string
  source: string
  config: Config
  tasks: ReadonlyMap<string, Task>
  heartbeatMs: number
  /** The attempts that run here, by job. */
  running: Map<string, { leash: Leash; attempt: number }>
  /** The messages that are handled here, by their sequence. */
  handled: Set<number>
  /** Whether the worker that started a job still works on it. */
  isWorkedOn: (job: JobView) => Promise<boolean>
  log: Log
  metrics: Metrics
  store: JobStore
  publish: (subject: string, payload: string) => void
  tools: AttemptTools
}

/** @param workerCode of the tasks that run in this process */
export function workerContext(workerCode: WorkerCode, parts: WorkerParts): WorkerContext {
  const { priority, cores, hostEngines, taskHosts, tasksModule, domain, tasks } = parts
  const { config, log, metrics, connection, store, objects } = parts
  return {
    domain,
    source: `pdf-smaller/${domain}`,
    config,
    tasks: new Map(tasks.map((task) => [task.name, task])),
    heartbeatMs: silencePolicy(config.RETRY_PACE).heartbeatMs,
    running: new Map(),
    handled: new Set(),
    isWorkedOn: (job) => isWorkedOn(connection, job, config),
    log,
    metrics,
    store,
    publish: (subject, payload) => connection.publish(subject, payload),
    tools: {
      objects,
      workerCode: codeByName(tasks, workerCode),
      hostEngines,
      taskHosts,
      taskMemory: config.TASK_MEMORY_MB,
      module: tasksModule.href,
      earlierResults: openEarlierResults(connection, store, log),
      workFolder: workFolder(config),
      engine: {
        memoryBytes: config.ENGINE_MEMORY_MB,
        cores: config.CORES,
        mostObjects: config.MAX_OBJECTS,
        drawing: {
          memoryBytes: config.DRAWING_MEMORY_MB,
          mostPixels: config.DRAWING_MEGAPIXELS * 1e6,
          ms: config.DRAWING_SECONDS * 1000,
        },
      },
      answer: parts.answers?.(parts) ?? answersNothing,
      core: (signal, work) => cores.use(priority, signal, work),
    },
  }
}

/** @throws Error where nothing runs a task that is to run here */
function codeByName(tasks: readonly Task[], given: WorkerCode): ReadonlyMap<string, Code> {
  const code = new Map(given)
  for (const { name, inWorker } of tasks)
    if (inWorker && !code.has(name)) throw new Error(`the service gives no code for ${name}`)
  return code
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
