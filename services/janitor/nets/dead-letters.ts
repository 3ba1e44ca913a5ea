import { jobAddress, JobFailure, noteConsumer, streams } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { consumeDeadLetters, type Consumption, type DeadLetter } from '@pdf-smaller/eventstore'
import { durableOf, edition, loadJob } from '@pdf-smaller/platform'
import type { WorkerParts } from '@pdf-smaller/worker'
import { giveUp } from './give-up.ts'
import { removeLeftovers } from './remove-leftovers.ts'

/**
 * Ends the jobs whose messages the server gives out no more, and removes what the lost workers had stored for those that
 * have ended by themselves. Messages of others, such as ended uploads, are no jobs.
 */
export function followDeadLetters(parts: WorkerParts): Promise<Consumption> {
  const tell = (error: unknown) => parts.log.warn({ err: error }, 'a dead letter could not be handled')
  const consumer = { stream: streams.dead, ...durableOf(noteConsumer) }
  return consumeDeadLetters(parts.connection, edition, consumer, {
    handle: ({ event }) => handle(parts, event),
    onPoison: ({ error }) => tell(error),
    onError: tell,
  })
}

async function handle(parts: WorkerParts, letter: DeadLetter): Promise<void | 'again'> {
  try {
    await endJob(parts, letter)
  } catch (error) {
    // A janitor of that release knows what became of the job.
    if (error instanceof JobFailure && error.code === 'newer_release') return 'again'
    throw error
  }
}

async function endJob(parts: WorkerParts, letter: DeadLetter): Promise<void> {
  const message = await parts.store.readAt(letter.stream_seq)
  const address = message && jobAddress(message.subject)
  if (!address || letter.consumer !== address.domain) return
  // The end of the stream was lost, and something else stands there now.
  if (Date.parse(message.event.time) > Date.parse(letter.timestamp)) return
  const job = await loadJob(parts.store, address)
  if (!job) return
  // Cancelled while its last worker died: no other worker sees the message, so nobody else removes what that one stored.
  if (isDecided(job)) return removeLeftovers(parts.objects, job)
  if (job.queuedBy !== letter.stream_seq) return
  // A worker that is only late goes on; should it be lost after all, the sweep sees that nothing comes of the job.
  await giveUp(parts, job, 'worker_lost', `its message was given out ${letter.deliveries} times in vain`)
}
