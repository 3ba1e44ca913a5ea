import type { FailureCode, JobView } from '@pdf-smaller/contracts'
import { describeFailure } from '@pdf-smaller/contracts'
import { command } from '@pdf-smaller/platform'
import type { WorkerParts } from '@pdf-smaller/worker'
import { source } from '../tasks/source.ts'
import { removeLeftovers } from './remove-leftovers.ts'

/**
 * Ends a job that nobody works on, as it was found; one that has moved on since then is left alone.
 * What its attempts had stored goes with it.
 */
export async function giveUp(
  { store, objects, log }: Pick<WorkerParts, 'store' | 'objects' | 'log'>,
  job: JobView,
  code: FailureCode,
  why: string,
): Promise<void> {
  const { tenant, domain, task, id, revision } = job
  const given = { type: 'GiveUp', revision, failure: describeFailure(code, why) } as const
  const done = await command(store, { tenant, domain, task, jobId: id }, given, { source }, { job })
  if (done.kind === 'nothing') return
  log.error({ jobId: id, task, code, why }, 'gave a job up that nobody worked on')
  await removeLeftovers(objects, done.job)
}
