import { type JobView, signOfLifeSubject } from '@pdf-smaller/contracts'
import { silencePolicy } from '@pdf-smaller/domain'
import type { NatsConnection, Subscription } from '@nats-io/transport-node'
import type { WorkerConfig } from './settings.ts'

const [yes, no] = ['yes', 'no']

/** Answers whoever asks whether a message is being handled here; one that blocks its loop does not. */
export function answerForMessages(
  connection: NatsConnection,
  { domain, worker, handled }: { domain: string; worker: string; handled: ReadonlySet<number> },
): Subscription {
  return connection.subscribe(signOfLifeSubject(domain, worker), {
    callback: (error, message) => {
      if (!error) message.respond(handled.has(Number(message.string())) ? yes : no)
    },
  })
}

/**
 * Asks the worker that started a job whether it still works on it. Of a process that has ended the server answers at once
 * that there is nobody; one that is only late is waited for, as long as the first silence lasts.
 */
export async function isWorkedOn(
  connection: NatsConnection,
  { status, domain, worker, queuedBy }: Pick<JobView, 'status' | 'domain' | 'worker' | 'queuedBy'>,
  { RETRY_PACE }: Pick<WorkerConfig, 'RETRY_PACE'>,
): Promise<boolean> {
  if (status !== 'running' || worker === undefined || queuedBy === undefined) return false
  const [timeout] = silencePolicy(RETRY_PACE).backoffMs
  try {
    const subject = signOfLifeSubject(domain, worker)
    const answer = await connection.request(subject, String(queuedBy), { timeout: timeout ?? 0 })
    return answer.string() === yes
  } catch {
    return false
  }
}
