import type { JobAnswer } from '@pdf-smaller/contracts/http'
import type { Batch } from '../answers.ts'
import type { TaskOptions, TaskResults } from './generated.ts'

/** A task of the release that this client is of. */
export type TaskName = keyof TaskOptions

declare const other: unique symbol
/** A task that this client does not know, as `otherTask` gives it. */
export type OtherTask = string & { readonly [other]: true }

/** What jobs are requested of. */
export type Task = TaskName | OtherTask

/** A task by whatever name, for services that have other ones: what it takes and gives is not typed. */
export function otherTask(name: string): OtherTask {
  return name as OtherTask
}

/** What a task takes as options; those that are left out have their defaults. */
export type OptionsOf<T extends Task> = T extends TaskName ? TaskOptions[T] : Record<string, unknown>

/** What a completed job of a task tells of its work, as this release writes it. */
export type ResultOf<T extends Task> = T extends TaskName ? TaskResults[T] : Record<string, unknown>

/** A job of a task. Its result is what the task has checked; the client does not check it again. */
export type JobOf<T extends Task> = Omit<JobAnswer, 'task' | 'options' | 'result'> & {
  task: T
  options: OptionsOf<T>
  result?: ResultOf<T> | undefined
}

/** Jobs of a task that one request has made. */
export type BatchOf<T extends Task> = Omit<Batch, 'jobs'> & { jobs: JobOf<T>[] }

/** Whether a job is one of a task, so that its options and its result have their types. */
export function isJobOf<T extends TaskName>(job: JobAnswer, task: T): job is JobOf<T> {
  return job.task === task
}
