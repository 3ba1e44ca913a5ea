import type { JobView } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import type { ObjectStore } from '@pdf-smaller/object-store'
import type { Log } from '@pdf-smaller/platform'
import type { WorkerContext } from './context.ts'
import { removeOutputs } from './files.ts'
import { removeParts } from './finished-parts.ts'

/** Removes what the attempts until now have stored, but for the one that counts: lost workers could not do it. */
export async function removeUncounted(
  objects: ObjectStore,
  job: JobView,
  counts: number | undefined,
  log: Log,
): Promise<void> {
  for (let attempt = 1; attempt <= job.attempt; attempt++)
    if (attempt !== counts) await removeOutputs(objects, job, attempt, log)
}

/** What only another attempt would need goes when there will be none. */
export async function forgetParts(
  { tasks, objects }: WorkerContext,
  job: JobView | undefined,
  log: Log,
): Promise<void> {
  if (job && isDecided(job) && tasks.get(job.task)?.resumable) await removeParts(objects, job, log)
}

/** One line and one count for whatever an attempt led to. */
export function tellOutcome({ domain, metrics }: WorkerContext, log: Log, job: JobView, runMs: number): void {
  const labels = { domain, task: job.task }
  const { status, failure, measures, nextAttemptAt, reusedFrom } = job
  metrics.jobRun.observe({ ...labels, outcome: status }, runMs / 1000)
  if (status === 'completed') {
    metrics.outcomes.inc({ ...labels, outcome: status })
    return log.info({ ...measures, reusedFrom }, 'job completed')
  }
  if (failure) metrics.failures.inc({ ...labels, code: failure.code })
  if (status === 'retrying')
    return log.warn(
      { code: failure?.code, why: failure?.message, nextAttemptAt },
      'attempt failed; the job is tried again',
    )
  metrics.outcomes.inc({ ...labels, outcome: status })
  log.warn({ code: failure?.code, why: failure?.message }, 'job failed')
}
