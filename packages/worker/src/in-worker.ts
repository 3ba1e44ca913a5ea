import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { activeTraceparent, spanNames } from '@pdf-smaller/platform'
import type { Task, TaskResult } from '@pdf-smaller/task'
import type { Attempt } from './attempt.ts'
import { fetchInputs } from './files.ts'
import type { Attendance } from './hosts/attend.ts'
import { workspaceName } from './workspace.ts'

/** Runs a task that only waits for others in this process. @param own the attempt's folder */
export async function runInWorker(
  { worker, job, number, leash, measures, trace }: Attempt,
  task: Task,
  { core, onExit, answer, ...attendance }: Attendance,
  own: string,
): Promise<TaskResult<unknown>> {
  const { signal } = leash
  const workspace = path.join(own, workspaceName(job.id, number))
  if (task.inputs.max > 0) await mkdir(workspace)
  const code = worker.code.get(task.name)
  if (!code) throw new Error(`there is no code for ${task.name}`)
  const [{ run }, inputs] = await trace.stage(spanNames.fetch, () =>
    Promise.all([code(), fetchInputs(worker.objects, job, workspace, signal)]),
  )
  const startedAt = performance.now()
  const done = await trace.stage(spanNames.run(task.name), () => {
    const traceparent = activeTraceparent() ?? job.traceparent
    return run({
      ...attendance,
      ask: (question) => answer(question),
      inputs,
      // Validated by the same schema when the job was requested.
      options: job.options,
      workspace,
      signal,
      engine: { ...worker.engine, cwd: workspace, signal, core, onExit, traceparent },
    })
  })
  measures.taskEnded(performance.now() - startedAt)
  return done
}
