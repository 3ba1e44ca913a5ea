import type { TaskLog } from '@pdf-smaller/task'

/** A question of a task, and for whom it is asked; the signal aborts when nobody waits for the answer any more. */
export type Asked = { question: unknown; tenant: string; jobId: string; signal: AbortSignal; log: TaskLog }

/**
 * What a service answers to its tasks, from where there are a network and keys. The question comes from a process that may be
 * in the hands of a stranger: it is parsed before anything is done with it.
 * @throws JobFailure that the attempt ends with
 */
export type AnswerQuestion = (asked: Asked) => Promise<unknown>

export const answersNothing: AnswerQuestion = async () => {
  throw new Error('the service of the task answers no questions')
}
