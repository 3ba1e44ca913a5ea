import { describeFailure, type JobAddress, type JobView } from '@pdf-smaller/contracts'
import { command } from '@pdf-smaller/platform'
import { forgetParts, removeUncounted, tellOutcome } from './afterwards.ts'
import type { WorkerContext } from './context.ts'

const patienceMs = 60_000

/**
 * Tells how the attempt of a suspect ended that had to be killed and can tell nothing itself.
 * @param job as it was before that attempt
 * @returns whether the message is done with; false where the process never came to its start, or told of its end itself
 */
export async function endOverdue(
  context: WorkerContext,
  address: JobAddress,
  job: JobView,
): Promise<boolean> {
  const { config, source, store, tools } = context
  const { hardSeconds } = job.limits
  const attempt = job.attempt + 1
  const why = `more than ${hardSeconds} s, and its process had to be killed`
  const failure = describeFailure('task_timeout', why)
  const chance = { at: new Date(), random: Math.random(), pace: config.RETRY_PACE }
  const author = { source, correlationId: job.correlationId, traceparent: job.traceparent }
  const told = await command(store, address, { type: 'Fail', attempt, failure, ...chance }, author, {
    patienceMs,
  })
  if (told.kind === 'nothing') return false
  const log = context.log.child({ jobId: job.id, task: job.task, attempt })
  await removeUncounted(tools.objects, told.job, undefined, log)
  await forgetParts(context, told.job, log)
  tellOutcome(context, log, told.job, hardSeconds * 1000)
  return true
}
