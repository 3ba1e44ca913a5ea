import {
  type JobAddress,
  jobAddress,
  JobFailure,
  jobStream,
  type JobView,
  type StoredEvent,
} from '@pdf-smaller/contracts'
import { evolve, isDecided } from '@pdf-smaller/domain'
import { Conflict, type Delivery, reactTo } from '@pdf-smaller/eventstore'
import { type JobStore, loadJob } from '@pdf-smaller/platform'
import { attemptJob } from './attempt-job.ts'
import type { WorkerContext } from './context.ts'
import { leaveToNewer } from './leave-to-newer.ts'

/** How messages of the domain's consumer are handled: a job that is new, due again, or redelivered after a lost worker. */
export function jobReaction(worker: WorkerContext): (delivery: Delivery<StoredEvent>) => Promise<void> {
  const { log, metrics } = worker
  const setAside = (subject: string, sequence: number) => {
    metrics.poison.inc()
    log.error({ subject, sequence }, 'a message that is no job event was set aside')
  }
  return reactTo({
    handle: async ({ subject, sequence, event }, delivery) => {
      const address = jobAddress(subject)
      return address ? handleOnce(worker, delivery, address, event) : setAside(subject, sequence)
    },
    onPoison: ({ subject, sequence }) => setAside(subject, sequence),
    // Another worker has the job, or the message comes again when the wait for a silent worker is over.
    onError: (error, { subject }) =>
      log.warn({ err: error, jobId: jobAddress(subject)?.jobId }, 'an attempt ended without an outcome'),
  })
}

/** Signs of life from here may have been late; whoever works on it goes on, and acknowledges it for both. */
async function handleOnce(
  worker: WorkerContext,
  delivery: Delivery<StoredEvent>,
  address: JobAddress,
  event: StoredEvent,
): Promise<void | 'again'> {
  const { handled, store } = worker
  const { sequence } = delivery
  if (handled.has(sequence)) return 'again'
  handled.add(sequence)
  const heartbeat = setInterval(() => beat(worker, delivery, address), worker.heartbeatMs)
  try {
    if (event.type === 'newer') return await leaveToNewer(worker, address, sequence)
    const job = await jobOf(worker, delivery, address, event)
    if (!job) return
    if (await isAnothers(worker, delivery, job)) return 'again'
    const isDone = await attemptJob(worker, { ...delivery, cause: event }, address, job)
    return isDone ? undefined : 'again'
  } catch (error) {
    if (error instanceof Conflict && (await isOver(store, address))) return
    if (error instanceof JobFailure && error.code === 'newer_release')
      return leaveToNewer(worker, address, sequence)
    throw error
  } finally {
    clearInterval(heartbeat)
    handled.delete(sequence)
  }
}

/** A new job is in its own message; one that is due again, or given out again, is loaded. */
async function jobOf(
  { store }: WorkerContext,
  { sequence, deliveries }: Delivery<StoredEvent>,
  address: JobAddress,
  event: StoredEvent,
): Promise<JobView | undefined> {
  return deliveries === 1 && event.type === 'pdfsmaller.job.requested.v1'
    ? evolve(undefined, event, sequence)
    : loadJob(store, address)
}

/** Whether a message that comes again is left to the worker that had it first, as that says that it is at it. */
async function isAnothers(
  { config, isWorkedOn }: WorkerContext,
  { deliveries }: Delivery<StoredEvent>,
  job: JobView,
): Promise<boolean> {
  return deliveries > 1 && job.worker !== config.WORKER_NAME && (await isWorkedOn(job))
}

async function isOver(store: JobStore, address: JobAddress): Promise<boolean> {
  const job = await loadJob(store, address).catch(() => undefined)
  return job !== undefined && isDecided(job)
}

/** Tells the consumer that the work goes on, and looks whether it still counts: live news may have been missed. */
function beat({ running, store }: WorkerContext, delivery: Delivery<StoredEvent>, address: JobAddress): void {
  delivery.working()
  const own = running.get(address.jobId)
  if (!own) return
  store.load(jobStream(address)).then(
    ({ events }) => {
      if (events.some((each) => endsAttempt(each, own.number)))
        own.leash.pull(new JobFailure('job_cancelled'))
    },
    () => {},
  )
}

/** Whether an attempt counts no more: its job has its outcome, or another worker has taken it over. */
function endsAttempt({ subject, event }: { subject: string; event: StoredEvent }, attempt: number): boolean {
  if (event.type === 'newer') return subject.endsWith('.started')
  if (event.type === 'pdfsmaller.job.started.v1') return event.data.attempt > attempt
  return subject.endsWith('.outcome')
}
