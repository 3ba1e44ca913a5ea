import { Worker } from 'node:worker_threads'
import { jobAddress, JobFailure } from '@pdf-smaller/contracts'
import {
  connectNats,
  loadJob,
  openJobStore,
  openLog,
  openMetrics,
  openObjects,
  workFolder,
} from '@pdf-smaller/platform'
import { attemptJob } from './attempt-job.ts'
import { openCores } from './cores.ts'
import { openHostEngines } from './host-engines.ts'
import { followCancellations, workerContext } from './context.ts'
import { type Answer, type Assignment, begun, handBack } from './suspect.ts'
import type { Task } from './task.ts'
import { removeOwnWorkspaces } from './workspace.ts'

/** The main function of a suspect's own process: makes the one attempt that it is told of, and ends. */
export function answerAsSuspect(tasks: readonly Task[]): void {
  new Worker(new URL('orphan-watch.ts', import.meta.url), { workerData: process.ppid }).unref()
  process.once('message', (assignment: Assignment) => {
    // Without the worker there is nobody to keep the message: the process ends, and its engines with it.
    process.once('disconnect', () => {
      removeOwnWorkspaces(workFolder(assignment.config))
      process.exit(1)
    })
    attempt(tasks, assignment).then(
      (done) => process.send?.({ done } satisfies Answer, () => process.exit(0)),
      () => process.exit(1),
    )
  })
}

async function attempt(
  tasks: readonly Task[],
  { config, subject, sequence, deliveries }: Assignment,
): Promise<boolean> {
  const address = jobAddress(subject)
  if (!address) return true
  const { domain } = address
  const log = openLog(config, domain)
  const connection = await connectNats(config, log, `${config.WORKER_NAME}-suspect`)
  const store = await openJobStore(connection, config)
  const objects = await openObjects(config)
  const metrics = openMetrics()
  const cores = openCores(config.CORES)
  const context = workerContext({
    domain,
    tasks,
    priority: 'low',
    cores,
    hostEngines: openHostEngines(config, cores),
    config,
    log,
    metrics,
    connection,
    store,
    objects,
  })
  followCancellations(context, connection)
  process.on('message', (message) => {
    if (message !== handBack) return
    for (const leash of context.running.values()) leash.pull(new JobFailure('shutting_down'))
  })
  process.send?.(begun)
  const job = await loadJob(store, address)
  const done = !job || (await attemptJob(context, { sequence, deliveries }, address, job))
  await connection.drain()
  return done
}
