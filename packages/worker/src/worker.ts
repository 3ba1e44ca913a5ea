import { sweepWorkspaces } from '@pdf-smaller/hosts'
import { setTimeout as wait } from 'node:timers/promises'
import { JobFailure, workConsumer } from '@pdf-smaller/contracts'
import type { Engine } from '@pdf-smaller/engines'
import { announce, durableOf } from '@pdf-smaller/platform'
import type { WorkerCode } from '@pdf-smaller/task'
import { followCancellations, workerContext, type WorkerParts } from './context.ts'
import { jobReaction } from './handle.ts'
import { answerForMessages } from './sign-of-life.ts'

export type WorkerOptions = WorkerParts & {
  concurrency: number
  /** The code of its tasks that run in this process. */
  inWorker?: ((parts: WorkerParts) => WorkerCode) | undefined
  /** Those that its tasks cannot do without. */
  engines?: readonly Engine[] | undefined
  beside?: ((parts: WorkerParts) => Promise<() => Promise<void>>) | undefined
}

export type Worker = {
  /** Attempts running now. */
  busy: () => number
  /** Takes no further jobs, lets running ones finish for `DRAIN_SECONDS`, then hands them back. */
  stop: () => Promise<void>
}

const lagEveryMs = 5000
/** Engines are looked for once the start is over, and does not wait for it. */
const lookAfterMs = 1000
const lookAgainMs = 15_000

const lookLater = <T>(look: () => Promise<T>): Promise<T> =>
  wait(lookAfterMs, undefined, { ref: false }).then(look)
/** What cannot be told now, for one because the disk is full, may be told later; the jobs that fail tell why. */
const lookUntilTold = <T>(look: () => Promise<T>): Promise<T> =>
  lookLater(look).catch(async () => {
    await wait(lookAgainMs, undefined, { ref: false })
    return lookUntilTold(look)
  })

/** Starts the workers of one domain in this process. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { domain, tasks, concurrency, config, log, connection, store } = options
  const context = workerContext(options, options.inWorker?.(options) ?? [])
  // Where it may do without one, it looks when it is first needed.
  if (config.SANDBOX === 'required') await options.taskHosts.isolation()
  const swept = await sweepWorkspaces(context.workFolder, new Date())
  if (swept > 0) log.info({ swept }, 'removed workspaces that a crash had left')

  const cancellations = followCancellations(context, connection)
  const consumer = durableOf(workConsumer(domain), config.RETRY_PACE)
  const { handled } = context
  const answers = answerForMessages(connection, { domain, worker: config.WORKER_NAME, handled })
  const consumption = await store.subscribe(consumer, concurrency, jobReaction(context))
  const endPresence = announcePresence(options)
  const endBeside = await options.beside?.(options)
  const lagTimer = measureLag(options)
  log.info({ domain, tasks: tasks.map(({ name }) => name), concurrency }, 'worker started')

  const stop = async () => {
    clearInterval(lagTimer)
    endPresence()
    await endBeside?.()
    const handBack = setTimeout(() => {
      for (const { leash } of context.running.values()) leash.pull(new JobFailure('shutting_down'))
    }, config.DRAIN_SECONDS * 1000)
    await consumption.drain()
    clearTimeout(handBack)
    if (!connection.isClosed()) for (const each of [cancellations, answers]) each.unsubscribe()
    log.info({ domain }, 'worker stopped')
  }
  let stopping: Promise<void> | undefined
  return { busy: consumption.busy, stop: () => (stopping ??= stop()) }
}

/** Tells that the worker is there, and what it works with, as far as its tasks need engines. */
function announcePresence({ domain, config, connection, engines, hostEngines, taskHosts }: WorkerOptions) {
  const found = engines && {
    engines: lookLater(() => hostEngines.installed(engines)),
    isolation: lookUntilTold(taskHosts.isolation),
  }
  return announce(connection, { service: domain, config, ...found })
}

/** Counts the jobs that wait, now and again. @returns what ends that with `clearInterval` */
function measureLag({ store, metrics, domain }: WorkerOptions): NodeJS.Timeout {
  const measure = () =>
    store.lag(domain).then(
      ({ waiting }) => metrics.lag.set({ domain }, waiting),
      () => {},
    )
  return setInterval(() => void measure(), lagEveryMs).unref()
}
