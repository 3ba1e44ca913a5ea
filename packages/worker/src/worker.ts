import { setTimeout as wait } from 'node:timers/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import type { Engine } from '@pdf-smaller/engines'
import { announce } from '@pdf-smaller/platform'
import type { WorkerCode } from '@pdf-smaller/task'
import { followCancellations, workerContext, type WorkerParts } from './context.ts'
import { handleDelivery } from './handle.ts'
import { answerForMessages } from './sign-of-life.ts'
import { workConsumer } from './work-consumer.ts'
import { sweepWorkspaces } from './workspace.ts'

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
  const { domain, tasks, concurrency, config, log, metrics, connection, store, engines } = options
  const context = workerContext(options.inWorker?.(options) ?? [], options)
  // Where it may do without one, it looks when it is first needed.
  if (config.SANDBOX === 'required') await options.taskHosts.isolation()
  const swept = await sweepWorkspaces(context.tools.workFolder, new Date())
  if (swept > 0) log.info({ swept }, 'removed workspaces that a crash had left')

  const cancellations = followCancellations(context, connection)
  const consumer = workConsumer(domain, config.RETRY_PACE)
  const { handled } = context
  const answers = answerForMessages(connection, { domain, worker: config.WORKER_NAME, handled })
  const consumption = await store.subscribe(consumer, concurrency, (delivery) =>
    handleDelivery(context, delivery),
  )
  const endPresence = announce(connection, {
    service: domain,
    config,
    ...(engines ? { engines: lookLater(() => options.hostEngines.installed(engines)) } : {}),
    ...(engines ? { isolation: lookUntilTold(options.taskHosts.isolation) } : {}),
  })
  const endBeside = await options.beside?.(options)
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
