import { JobFailure } from '@pdf-smaller/contracts'
import type { Task } from '@pdf-smaller/task'
import { assertMayRun, type Caller } from '../access/caller.ts'
import type { Context } from '../context.ts'

/**
 * The task that a caller asks for by its name.
 * @throws JobFailure unknown_task, forbidden
 */
export function taskFor({ tasks }: Pick<Context, 'tasks'>, caller: Caller, name: string): Task {
  const task = tasks.get(name)
  if (!task) throw new JobFailure('unknown_task', `"${name.slice(0, 64)}"`)
  assertMayRun(caller, task)
  return task
}

/** The most files that a job of a task takes here. */
export function mostFiles(task: Task, { MAX_FILES }: { MAX_FILES: number }): number {
  return Math.min(task.inputs.max, MAX_FILES)
}

/** @throws JobFailure missing_file, too_many_files */
export function checkCount(task: Task, count: number, config: { MAX_FILES: number }): void {
  const { min } = task.inputs
  const most = mostFiles(task, config)
  if (count < min)
    throw new JobFailure(
      'missing_file',
      min > 1 ? `${task.name} takes at least ${min}, and ${count} came` : '',
    )
  if (count > most) throw new JobFailure('too_many_files', `${task.name} takes ${most}`)
}
