import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { TaskResult } from '@pdf-smaller/task'
import type { Attempt, AttemptTools } from './attempt.ts'
import { fetchInputs } from './files.ts'
import type { Attendance } from './hosts/attend.ts'
import { workspaceName } from './workspace.ts'

/** Runs a task that only waits for others in this process. @param own the attempt's folder */
export async function runInWorker(
  { job, number, task, leash, measures }: Attempt,
  { objects, engine, workerCode }: AttemptTools,
  { core, onExit, answer, ...attendance }: Attendance,
  own: string,
): Promise<TaskResult<unknown>> {
  const { signal } = leash
  const workspace = path.join(own, workspaceName(job.id, number))
  if (task.inputs.max > 0) await mkdir(workspace)
  const load = workerCode.get(task.name)
  if (!load) throw new Error(`nothing runs ${task.name} in the worker`)
  const [{ run }, inputs] = await Promise.all([load(), fetchInputs(objects, job, workspace, signal)])
  const startedAt = performance.now()
  const done = await run({
    ...attendance,
    ask: (question) => answer(question),
    inputs,
    // Validated by the same schema when the job was requested.
    options: job.options,
    workspace,
    signal,
    engine: { ...engine, cwd: workspace, signal, core, onExit, traceparent: job.traceparent },
  })
  measures.taskEnded(performance.now() - startedAt)
  return done
}
