import { JobFailure, type Measures, type ObjectRef } from '@pdf-smaller/contracts'
import { spanNames } from '@pdf-smaller/platform'
import { objectOf, type Task } from '@pdf-smaller/task'
import { attendanceOf } from './attendance.ts'
import { type Attempt, mayKeep } from './attempt.ts'
import { copyOutputs, openOutputs, removeOutputs } from './files.ts'
import { runInHost } from './in-host.ts'
import { runInWorker } from './in-worker.ts'
import { openTelling, type Telling } from './progress.ts'
import { makeWorkspace, removeWorkspace, workspacePath } from './workspace.ts'

/** What an attempt has come to. */
export type Produced = {
  outputs: ObjectRef[]
  result: Record<string, unknown>
  measures: Measures
  /** The earlier job whose result this is. */
  reusedFrom?: string
  engines?: Record<string, string>
}

/**
 * The work of an attempt: the result of an earlier job with the same files and options, or workspace → inputs → task →
 * outputs. The workspace is always removed.
 */
export async function workOn(attempt: Attempt): Promise<Produced> {
  const { worker, job, number, leash, removals } = attempt
  const task = worker.tasks.get(job.task)
  if (!task) throw new JobFailure('unknown_task', `${job.task} is not among the tasks of this worker`)
  const own = workspacePath(worker.workFolder, job.id, number)
  // A folder costs more than a whole job that takes no files.
  const hasFiles = !task.inWorker || task.inputs.max > 0
  const telling = openTelling(attempt, task.stages)
  const work = async () => {
    const again = await reuseResult(attempt, task)
    if (again) return again
    if (hasFiles) await makeWorkspace(own)
    return makeResult(attempt, task, telling, own)
  }
  try {
    return await Promise.race([work(), leash.hardLimit])
  } finally {
    telling.end()
    if (hasFiles) removals.push(removeWorkspace(own))
  }
}

/** Copies the result of an earlier job; undefined where there is none that is whole. */
async function reuseResult(attempt: Attempt, task: Task): Promise<Produced | undefined> {
  const { worker, job, number, log, measures } = attempt
  const { objects, earlierResults } = worker
  const earlier = await earlierResults.find(task, job)
  const result = task.result.safeParse(earlier?.result)
  if (!earlier || !result.success) return undefined
  await mayKeep(attempt)
  try {
    const outputs = await copyOutputs(objects, job, number, earlier.outputs)
    const taken = measures.taken(sum(job.inputs), sum(outputs))
    return { outputs, result: resultOf(task, earlier.result), measures: taken, reusedFrom: earlier.id }
  } catch (error) {
    log.info(
      { err: error, earlier: earlier.id },
      'an earlier result is not whole any more; the job runs as usual',
    )
    await removeOutputs(objects, job, number, log)
    return undefined
  }
}

/** Runs the task and stores what it has made. @param own the attempt's folder */
async function makeResult(attempt: Attempt, task: Task, telling: Telling, own: string): Promise<Produced> {
  const { worker, job, number, leash, measures, trace } = attempt
  const store = openOutputs(worker.objects, job, number, leash.signal)
  const run = task.inWorker ? runInWorker : runInHost
  const { outputs, result } = await run(attempt, task, attendanceOf(attempt, store, telling), own)
  await mayKeep(attempt)
  const [stored, engines] = await trace.stage(spanNames.upload, () =>
    Promise.all([store.store(outputs), worker.hostEngines.versionsOf(measures.programs())]),
  )
  return {
    outputs: stored,
    result: resultOf(task, result),
    measures: measures.taken(sum(job.inputs), sum(stored)),
    ...(Object.keys(engines).length > 0 ? { engines } : {}),
  }
}

const sum = (files: readonly { size: number }[]): number => files.reduce((total, { size }) => total + size, 0)

const resultOf = (task: Task, result: unknown): Record<string, unknown> =>
  objectOf(task, task.result.parse(result))
