import { type JobAddress, type JobView } from '@pdf-smaller/contracts'
import { decide, isDecided, type JobCommand } from '@pdf-smaller/domain'
import { activeTraceparent, command, type Log, spanNames, traceId } from '@pdf-smaller/platform'
import { forgetParts, removeUncounted, tellOutcome } from './afterwards.ts'
import {
  type Append,
  append,
  type Attempt,
  authorOf,
  beginAttempt,
  endAttempt,
  patienceMs,
} from './attempt.ts'
import type { WorkerContext } from './context.ts'
import { outcomeOf } from './outcome.ts'
import { type Cause, traceAttempt } from './trace.ts'

/**
 * Makes one attempt at a job: start → work → outcome, which is a result, a retry, a failure or a hand-back.
 * @returns whether the message is done with; false when another worker has taken the job over
 * @throws Conflict when the start was fenced off
 */
export async function attemptJob(
  worker: WorkerContext,
  delivery: { sequence: number; deliveries: number; cause: Cause },
  address: JobAddress,
  job: JobView,
): Promise<boolean> {
  const { sequence, deliveries, cause } = delivery
  const log = worker.log.child({ jobId: job.id, task: job.task, traceId: traceId(job.traceparent) })
  const start = decide({ type: 'Start', sequence, worker: worker.config.WORKER_NAME }, job)
  if (start.kind === 'nothing') {
    log.debug({ because: start.because, deliveries }, 'nothing to start')
    if (deliveries > 1) await clearUpAfterLost(worker, job, log)
    return true
  }
  if (start.fact.type !== 'pdfsmaller.job.started.v1') {
    await endWithoutStart(worker, address, job, start, log)
    return true
  }
  const trace = traceAttempt(address, job, start.fact.data.attempt, cause)
  return trace.within(async () => {
    const attempt = beginAttempt(worker, address, job, start, { log, trace })
    try {
      const outcome = await outcomeOf(attempt)
      return await trace.stage(spanNames.outcome, () => conclude(attempt, outcome))
    } finally {
      await endAttempt(attempt)
    }
  })
}

/** The worker that was lost could not remove what it had stored. */
async function clearUpAfterLost(worker: WorkerContext, job: JobView, log: Log): Promise<void> {
  if (!isDecided(job)) return
  await removeUncounted(worker.objects, job, job.status === 'completed' ? job.attempt : undefined, log)
  await forgetParts(worker, job, log)
}

/** A job that was started too often without an end is not started again. */
async function endWithoutStart(
  worker: WorkerContext,
  address: JobAddress,
  job: JobView,
  end: Append,
  log: Log,
): Promise<void> {
  const ended = await append(worker, address, job, end)
  await removeUncounted(worker.objects, job, undefined, log)
  await forgetParts(worker, ended, log)
  tellOutcome(worker, log, ended, 0)
}

/**
 * Stores the outcome, decided on against the job as it then is, and clears up behind it.
 * @returns whether the message is done with
 */
async function conclude(attempt: Attempt, outcome: JobCommand): Promise<boolean> {
  const { worker, address, job, log, measures, trace, started } = attempt
  const isComplete = outcome.type === 'Complete'
  const task = worker.tasks.get(job.task)
  // Before anybody can see the outcome; until that is stored, the note leads to a job without a result.
  if (task && isComplete) await worker.earlierResults.remember(task, job)
  // From here on the store decides between the outcome and a cancel.
  worker.running.delete(job.id)
  const begun = await started
  const options = { job: begun, patienceMs }
  const author = authorOf(worker, job, activeTraceparent() ?? trace.traceparent)
  const result = await command(worker.store, address, outcome, author, options)
  const isStored = result.kind === 'appended'
  const code = outcome.type === 'Fail' ? outcome.failure.code : undefined
  trace.concluded(isStored ? result.job.status : result.because, code)
  // Whoever stored the result that counts, it keeps its files.
  const counting = result.job?.status === 'completed' ? result.job.attempt : undefined
  await removeUncounted(worker.objects, begun, counting, log)
  await forgetParts(worker, result.job, log)
  if (isStored) tellOutcome(worker, log, result.job, measures.runMs())
  else log.info({ because: result.because }, 'the attempt does not count any more')
  return isStored || result.because !== 'superseded'
}
