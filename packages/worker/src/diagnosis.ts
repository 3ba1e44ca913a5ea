import { JobFailure, type JobView } from '@pdf-smaller/contracts'
import type { EngineContext, InputFile, TaskLog } from '@pdf-smaller/task'
import { attemptFailure } from './failure.ts'

/** What a failure is looked at with, while the workspace is still there. */
export type Scene = {
  job: Pick<JobView, 'failure'>
  inputs: readonly InputFile[]
  engine: EngineContext
  log: TaskLog
  /** When the work began, as `performance.now` has it. */
  since: number
}

/**
 * What a task really failed with: a full disk shows as whatever was cut off by it, and a damaged file as an engine that
 * fails, or as a bug. It says so at once, for neither is worth the waits of another kind of failure.
 */
export async function diagnosed(
  error: unknown,
  { job, inputs, engine, log, since }: Scene,
): Promise<unknown> {
  if (engine.signal.aborted) return error
  const { diskFoundFull, isDiskFull, saysDiskIsFull } = await import('@pdf-smaller/engines/work-disk')
  const { failure, foreseen } = attemptFailure(error)
  if (failure.code === 'work_disk_full' || saysDiskIsFull.test(String(error))) diskFoundFull()
  if (await isDiskFull(engine.cwd, since)) return new JobFailure('work_disk_full', '', { cause: error })
  // What was made wrongly is our fault, whatever the file is like.
  const isOurs = failure.code === 'result_damaged'
  if (isOurs || (foreseen && failure.code !== 'engine_failed')) return error
  const pdfs = inputs.filter(({ contentType }) => contentType === 'application/pdf')
  const { damageBehind } = await import('@pdf-smaller/engines/damage')
  const damage = await damageBehind(error, pdfs, engine)
  if (damage !== undefined) {
    if (!foreseen) log.warn({ err: error }, 'a task did not get along with a damaged file')
    return new JobFailure('damaged_pdf', damage, { cause: error })
  }
  // What fails in the same way in two attempts does so for ever.
  if (job.failure?.message !== failure.message) return error
  // A bug is one also where another process tells of it; only an engine that fails speaks against the file.
  if (!(error instanceof JobFailure) || failure.code !== 'engine_failed')
    return new JobFailure('internal_error', '', { cause: error, final: true })
  return new JobFailure(pdfs.length > 0 ? 'damaged_pdf' : 'damaged_image', `${error.why}, twice`, {
    cause: error,
  })
}
