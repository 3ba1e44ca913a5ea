import { type JobView, type Measures, type ObjectRef } from '@pdf-smaller/contracts'
import type { ObjectStore } from '@pdf-smaller/object-store'
import type { Log, TaskMemory } from '@pdf-smaller/platform'
import { type Code, type EngineContext, objectOf, type Task, type TaskContext } from '@pdf-smaller/task'
import type { AnswerQuestion } from './answer.ts'
import type { EarlierResults } from './earlier-results.ts'
import { copyOutputs, openOutputs, type OutputStore, outputPrefix } from './files.ts'
import { openFinishedParts } from './finished-parts.ts'
import type { HostEngines } from './host-engines.ts'
import type { Attendance } from './hosts/attend.ts'
import type { TaskHosts } from './hosts/pool.ts'
import { runInHost } from './in-host.ts'
import { runInWorker } from './in-worker.ts'
import type { AttemptMeasures } from './measure.ts'
import type { Leash } from './time-limit.ts'
import { makeWorkspace, removeWorkspace, workspacePath } from './workspace.ts'

/** What one attempt works with. */
export type Attempt = {
  job: JobView
  number: number
  task: Task
  leash: Leash
  log: Log
  measures: AttemptMeasures
  progress: TaskContext<unknown>['progress']
  onPages: (count: number) => void
  /** Told of all outputs that were stored while the task goes on, after each. */
  onPublished: (outputs: ObjectRef[]) => void
  /** Resolves when the start is stored. The work begins before, but nothing of it is kept until then. */
  started: Promise<unknown>
  /** Takes over the removal of what it leaves, so that the outcome need not wait for it. */
  onRemoval: (removal: Promise<void>) => void
}

export type AttemptTools = {
  objects: ObjectStore
  earlierResults: EarlierResults
  workFolder: string
  /** Of the tasks that run in this process. */
  workerCode: ReadonlyMap<string, Code>
  hostEngines: HostEngines
  taskHosts: TaskHosts
  taskMemory: TaskMemory
  /** The module that lists the tasks, as an address of a file. */
  module: string
  engine: Required<Pick<EngineContext, 'memoryBytes' | 'cores' | 'mostObjects' | 'drawing'>>
  /** Answers the questions of tasks. */
  answer: AnswerQuestion
  /** Runs work as soon as one of the host's cores is free. */
  core: <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>
}

export type Produced = {
  outputs: ObjectRef[]
  result: Record<string, unknown>
  measures: Measures
  /** The earlier job whose result this is. */
  reusedFrom?: string
  engines?: Record<string, string>
}

/**
 * One attempt from its inputs to its stored outputs: workspace → inputs → task → outputs, or those of an earlier job with
 * the same inputs. The workspace is always removed, and so is what was stored when the attempt does not come to its end.
 */
export async function runAttempt(attempt: Attempt, tools: AttemptTools): Promise<Produced> {
  const workspace = workspacePath(tools.workFolder, attempt.job.id, attempt.number)
  const { inWorker, inputs } = attempt.task
  // A folder costs more than a whole job that takes no files.
  const hasFiles = !inWorker || inputs.max > 0
  const work = async () => {
    const again = await serveAgain(attempt, tools)
    if (again) return again
    if (hasFiles) await makeWorkspace(workspace)
    return produce(attempt, tools, workspace)
  }
  try {
    return await Promise.race([work(), attempt.leash.hardLimit])
  } finally {
    if (hasFiles) attempt.onRemoval(removeWorkspace(workspace))
  }
}

/** Copies the result of an earlier job with the same files and options; undefined where there is none that is whole. */
async function serveAgain(
  attempt: Attempt,
  { objects, earlierResults }: AttemptTools,
): Promise<Produced | undefined> {
  const { job, number, task, leash, log, measures, started } = attempt
  const earlier = await earlierResults.find(task, job)
  const result = task.result.safeParse(earlier?.result)
  if (!earlier || !result.success) return undefined
  await started
  leash.signal.throwIfAborted()
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

async function produce(attempt: Attempt, tools: AttemptTools, own: string): Promise<Produced> {
  const { job, number, task, leash, measures, started } = attempt
  const store = openOutputs(tools.objects, job, number, leash.signal)
  const run = task.inWorker ? runInWorker : runInHost
  const { outputs, result } = await run(attempt, tools, attendanceOf(attempt, tools, store), own)
  await started
  leash.signal.throwIfAborted()
  const [stored, engines] = await Promise.all([
    store.store(outputs),
    tools.hostEngines.versionsOf(measures.programs()),
  ])
  return {
    outputs: stored,
    result: resultOf(task, result),
    measures: measures.taken(sum(job.inputs), sum(stored)),
    ...(Object.keys(engines).length > 0 ? { engines } : {}),
  }
}

/** What the worker does for a task, wherever it runs. */
function attendanceOf(
  { job, number, leash, log, measures, progress, started, onPages, onPublished }: Attempt,
  { objects, core, answer }: AttemptTools,
  store: OutputStore,
): Attendance {
  const { signal } = leash
  return {
    log,
    progress,
    tellPages: (count) => {
      measures.pagesKnown(count)
      onPages(count)
    },
    publish: async (output) => {
      await started
      signal.throwIfAborted()
      await store.publish(output)
      onPublished(store.published())
    },
    parts: openFinishedParts(objects, job, number, { started, signal, log }),
    core: (work) => core(signal, work),
    onExit: measures.engineEnded,
    answer: (question, gone) => {
      const ends = gone ? AbortSignal.any([signal, gone]) : signal
      return answer({ question, tenant: job.tenant, jobId: job.id, signal: ends, log })
    },
  }
}

const sum = (files: readonly { size: number }[]): number => files.reduce((total, { size }) => total + size, 0)

const resultOf = (task: Task, result: unknown): Record<string, unknown> =>
  objectOf(task, task.result.parse(result))

/** Removes what an attempt has stored; for attempts whose outcome does not count. */
export async function removeOutputs(
  objects: ObjectStore,
  job: JobView,
  attempt: number,
  log: Log,
): Promise<void> {
  try {
    await objects.removePrefix(outputPrefix(job, attempt))
  } catch (error) {
    log.warn({ err: error, attempt }, 'files of an attempt that does not count could not be removed')
  }
}
