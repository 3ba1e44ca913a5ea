import { type JobAddress, JobFailure, type JobView } from '@pdf-smaller/contracts'
import { decide, type Decision, evolve, isDecided, type JobCommand } from '@pdf-smaller/domain'
import { type Author, command, entriesOf, type Log, traceId, workFolder } from '@pdf-smaller/platform'
import { openProgress } from '@pdf-smaller/task'
import { runAttempt } from './attempt.ts'
import type { WorkerContext } from './context.ts'
import { forgetParts, removeUncounted, tellOutcome } from './afterwards.ts'
import { attemptFailure } from './failure.ts'
import { ofStores } from './store-failure.ts'
import { openMeasures } from './measure.ts'
import { fullProgress, progressPublisher, throttled } from './progress.ts'
import { type Leash, openLeash } from './time-limit.ts'

/** The store may be away for a restart; what happened is worth waiting for it. */
const patienceMs = 60_000

type Append = Extract<Decision, { kind: 'append' }>

/**
 * Makes one attempt at a job: started → run → outcome, retry or hand-back.
 * @returns whether the message is done with; false when another worker has taken the job over
 * @throws Conflict when the start was fenced off
 */
export async function attemptJob(
  context: WorkerContext,
  delivery: { sequence: number; deliveries: number },
  address: JobAddress,
  job: JobView,
): Promise<boolean> {
  const { sequence, deliveries } = delivery
  const start = decide({ type: 'Start', sequence, worker: context.config.WORKER_NAME }, job)
  const log = context.log.child({ jobId: job.id, task: job.task, traceId: traceId(job.traceparent) })
  if (start.kind === 'nothing') {
    log.debug({ because: start.because, deliveries }, 'nothing to start')
    // The worker that was lost could not remove what it had stored.
    if (isDecided(job) && deliveries > 1) {
      const counts = job.status === 'completed' ? job.attempt : undefined
      await removeUncounted(context.tools.objects, job, counts, log)
      await forgetParts(context, job, log)
    }
    return true
  }
  const author: Author = {
    source: context.source,
    correlationId: job.correlationId,
    traceparent: job.traceparent,
  }
  if (start.fact.type !== 'pdfsmaller.job.started.v1') {
    const ended = await append(context, address, job, start, author)
    await removeUncounted(context.tools.objects, job, undefined, log)
    await forgetParts(context, ended, log)
    tellOutcome(context, log, ended, 0)
    return true
  }
  return attemptOnce(context, address, job, start, author, log.child({ attempt: job.attempt + 1 }))
}

async function attemptOnce(
  context: WorkerContext,
  address: JobAddress,
  job: JobView,
  start: Append,
  author: Author,
  log: Log,
): Promise<boolean> {
  const { domain, metrics, running, store, tools } = context
  const leash = openLeash(job.limits)
  const measures = openMeasures(job.queuedAt, metrics)
  const started = append(context, address, job, start, author)
  started.catch(() => leash.pull(new JobFailure('job_cancelled')))
  running.set(job.id, { leash, attempt: job.attempt + 1 })
  metrics.running.inc({ domain })
  metrics.attempts.inc({ domain, task: job.task })
  metrics.jobWait.observe({ domain, task: job.task }, measures.queuedMs / 1000)
  const removals: Promise<void>[] = []
  const onRemoval = (removal: Promise<void>) => void removals.push(removal)
  try {
    const outcome = await outcomeOf(context, address, job, { leash, log, measures, started, onRemoval })
    const task = context.tasks.get(job.task)
    // Before anybody can see the outcome; until that is stored, the note leads to a job without a result.
    if (task && outcome.type === 'Complete') await tools.earlierResults.remember(task, job)
    // From here on the store decides between the outcome and a cancel.
    running.delete(job.id)
    const begun = await started
    const result = await command(store, address, outcome, author, { job: begun, patienceMs })
    const kept = result.kind === 'appended' && outcome.type === 'Complete'
    await removeUncounted(tools.objects, begun, kept ? begun.attempt : undefined, log)
    await forgetParts(context, result.job, log)
    if (result.kind === 'appended') tellOutcome(context, log, result.job, measures.runMs())
    else log.info({ because: result.because }, 'the attempt does not count any more')
    return result.kind === 'appended' || result.because !== 'superseded'
  } finally {
    running.delete(job.id)
    metrics.running.dec({ domain })
    leash.release()
    await Promise.all(removals)
  }
}

/** Appends without deciding again: a conflict means that the job is not ours to start. */
async function append(
  { store }: WorkerContext,
  address: JobAddress,
  job: JobView,
  decision: Append,
  author: Author,
): Promise<JobView> {
  const { entries, event } = entriesOf(decision, address, job.revision, author)
  const sequence = await store.append(entries, patienceMs)
  return evolve(job, event, sequence) ?? job
}

type Around = Pick<Parameters<typeof runAttempt>[0], 'leash' | 'log' | 'measures' | 'started' | 'onRemoval'>

/** Runs the task and gives the command that tells how it went. Never throws. */
async function outcomeOf(
  context: WorkerContext,
  address: JobAddress,
  job: JobView,
  around: Around,
): Promise<JobCommand> {
  const { leash, log } = around
  const number = job.attempt + 1
  const task = context.tasks.get(job.task)
  const publish = progressPublisher(context.publish, address, { ...job, source: context.source })
  const { tell, end } = throttled(publish)
  try {
    if (!task) throw new JobFailure('unknown_task', `${job.task} is not among the tasks of this worker`)
    const progressOf = openProgress(task.stages, number)
    const steps = fullProgress(progressOf, tell)
    const produced = await runAttempt({ job, number, task, ...steps, ...around }, context.tools)
    return { type: 'Complete', attempt: number, ...produced }
  } catch (error) {
    return failed(context, number, error, leash, log)
  } finally {
    end()
  }
}

/** What the attempt was asked to end with counts more than what its engines then said. */
function failed(
  { config }: WorkerContext,
  attempt: number,
  error: unknown,
  { signal }: Leash,
  log: Log,
): JobCommand {
  const cause: unknown = signal.aborted ? signal.reason : error
  const at = new Date()
  if (cause instanceof JobFailure && cause.code === 'shutting_down') return { type: 'HandBack', attempt, at }
  const { failure, foreseen } = attemptFailure(ofStores(cause), workFolder(config))
  if (!foreseen) log.error({ err: cause }, 'an attempt failed in a way that nobody foresaw: a bug')
  return { type: 'Fail', attempt, failure, at, random: Math.random(), pace: config.RETRY_PACE }
}
