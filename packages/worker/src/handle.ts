import {
  type JobAddress,
  jobAddress,
  JobFailure,
  jobStream,
  type JobView,
  type StoredEvent,
} from '@pdf-smaller/contracts'
import { evolve, isDecided } from '@pdf-smaller/domain'
import { Conflict, type Delivery } from '@pdf-smaller/eventstore'
import { type JobStore, loadJob } from '@pdf-smaller/platform'
import { attemptJob } from './attempt-job.ts'
import type { WorkerContext } from './context.ts'

/** Handles one message of the domain's consumer: a job that is new, due again, or redelivered after a lost worker. */
export async function handleDelivery(context: WorkerContext, delivery: Delivery<StoredEvent>): Promise<void> {
  const { log, metrics, gate } = context
  const address = jobAddress(delivery.subject)
  if (!delivery.reading.ok || !address) {
    metrics.poison.inc()
    log.error(
      { subject: delivery.subject, sequence: delivery.sequence },
      'a message that is no job event was set aside',
    )
    return delivery.ack()
  }
  const heartbeat = setInterval(() => beat(context, delivery, address), context.heartbeatMs)
  const release = await (delivery.deliveries > 1 ? gate.alone() : gate.share())
  try {
    const job = await jobOf(context.store, delivery, address, delivery.reading.recorded.event)
    const done = !job || (await attemptJob(context, delivery, address, job))
    if (done) delivery.ack()
  } catch (error) {
    if (error instanceof Conflict && (await isOver(context.store, address))) return delivery.ack()
    // Not acknowledged: another worker has the job, or the message comes again when the wait for a silent worker is over.
    log.warn({ err: error, jobId: address.jobId }, 'an attempt ended without an outcome')
  } finally {
    clearInterval(heartbeat)
    release()
  }
}

/** A new job is in its own message; in all other cases the store is asked. */
async function jobOf(
  store: JobStore,
  delivery: Delivery<StoredEvent>,
  address: JobAddress,
  event: StoredEvent,
): Promise<JobView | undefined> {
  if (delivery.deliveries > 1 || event.type !== 'pdfsmaller.job.requested.v1') return loadJob(store, address)
  return evolve(undefined, event, delivery.sequence)
}

async function isOver(store: JobStore, address: JobAddress): Promise<boolean> {
  const job = await loadJob(store, address).catch(() => undefined)
  return job !== undefined && isDecided(job)
}

/** Tells the consumer that the work goes on, and looks whether it still counts: live news may have been missed. */
function beat({ running, store }: WorkerContext, delivery: Delivery<StoredEvent>, address: JobAddress): void {
  delivery.working()
  const leash = running.get(address.jobId)
  if (!leash) return
  store.load(jobStream(address)).then(
    ({ events }) => {
      if (events.some(({ subject }) => subject.endsWith('.outcome')))
        leash.pull(new JobFailure('job_cancelled'))
    },
    () => {},
  )
}
