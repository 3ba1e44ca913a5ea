import {
  cloudEvent,
  type JobAddress,
  jobStream,
  parkedSchedule,
  type StoredEvent,
} from '@pdf-smaller/contracts'
import { uuidv7 } from 'uuidv7'
import type { WorkerContext } from './context.ts'

/** By then a worker of the newer release may be there; multiplied by the pace of retries. */
const pauseMs = 60_000

/**
 * Leaves a job that a newer release wrote to workers of that release. Where nobody has taken it yet, it is due again after a
 * pause: a message that only comes again would be given up by the consumer some day. Where somebody has, that one is done
 * with the message, or it comes again because that one was lost. A job that has its outcome, of whatever release, is over: its
 * message has nothing left to come again for.
 */
export async function leaveToNewer(
  { store, config, source }: WorkerContext,
  address: JobAddress,
  sequence: number,
): Promise<void | 'again'> {
  const stream = jobStream(address)
  const { revision, events } = await store.load(stream)
  if (events.some(({ subject }) => subject.endsWith('.outcome'))) return undefined
  if (revision !== sequence) return 'again'
  const when = new Date(Date.now() + pauseMs * config.RETRY_PACE)
  const known = events.flatMap(({ event }) =>
    event.type === 'pdfsmaller.job.started.v1' ? [event.data.attempt] : [],
  )
  const fact = {
    type: 'pdfsmaller.job.attempt-due.v1',
    data: { attempt: Math.max(0, ...known) + 1 },
  } as const
  const event: StoredEvent = cloudEvent(fact, { id: uuidv7(), source, jobId: address.jobId, time: when })
  await store.append([{ schedule: parkedSchedule(address), when, target: `${stream}.due`, event }])
}
