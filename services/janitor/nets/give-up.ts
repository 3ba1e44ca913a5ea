import type { FailureCode, JobView } from '@pdf-smaller/contracts'
import { describeFailure } from '@pdf-smaller/contracts'
import { command } from '@pdf-smaller/platform'
import { isWorkedOn, type WorkerParts } from '@pdf-smaller/worker'
import { source } from '../tasks/source.ts'
import { removeLeftovers } from './remove-leftovers.ts'

/** What the nets under jobs work with. */
export type Net = Pick<WorkerParts, 'connection' | 'config' | 'store' | 'objects' | 'log'>

/**
 * Ends a job that nobody works on, as it was found; one that has moved on since then, or whose worker says that it is at
 * it, is left alone. What its attempts had stored goes with it.
 */
export async function giveUp(
  { connection, config, store, objects, log }: Net,
  job: JobView,
  code: FailureCode,
  why: string,
): Promise<void> {
  if (await isWorkedOn(connection, job, config)) return
  const { tenant, domain, task, id, revision } = job
  const given = { type: 'GiveUp', revision, failure: describeFailure(code, why) } as const
  const done = await command(store, { tenant, domain, task, jobId: id }, given, { source }, { job })
  if (done.kind === 'nothing') return
  log.error({ jobId: id, task, code, why }, 'gave a job up that nobody worked on')
  await removeLeftovers(objects, done.job)
}
