import { JobFailure } from '@pdf-smaller/contracts'
import type { JobCommand } from '@pdf-smaller/domain'
import type { Attempt } from './attempt.ts'
import { attemptFailure } from './failure.ts'
import { ofStores } from './store-failure.ts'
import { workOn } from './work.ts'

/** Does the work, and gives the command that tells how it went. Never throws. */
export async function outcomeOf(attempt: Attempt): Promise<JobCommand> {
  try {
    return { type: 'Complete', attempt: attempt.number, ...(await workOn(attempt)) }
  } catch (error) {
    return failed(attempt, error)
  }
}

/** What the attempt was asked to end with counts more than what its engines then said. */
function failed({ worker, number: attempt, leash, log }: Attempt, error: unknown): JobCommand {
  const { signal } = leash
  const cause: unknown = signal.aborted ? signal.reason : error
  const at = new Date()
  if (cause instanceof JobFailure && cause.code === 'shutting_down') return { type: 'HandBack', attempt, at }
  const { failure, foreseen } = attemptFailure(ofStores(cause), worker.workFolder)
  if (!foreseen) log.error({ err: cause }, 'an attempt failed in a way that nobody foresaw: a bug')
  return { type: 'Fail', attempt, failure, at, random: Math.random(), pace: worker.config.RETRY_PACE }
}
