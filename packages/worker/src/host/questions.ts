import { JobFailure } from '@pdf-smaller/contracts'
import type { Question, ToHost, Told } from './protocol.ts'

/** What a host waits for an answer to. */
export type Questions = {
  /** @returns the answer and the question's number. @throws JobFailure that the worker tells of */
  ask: (question: Question) => Promise<Answer>
  hear: (answer: Extract<ToHost, { type: 'answer' }>) => void
}

type Answer = { yes: boolean; id: number; reply?: unknown }
type Waiting = {
  resolve: (answer: Answer) => void
  reject: (failure: JobFailure) => void
}

export function openQuestions(
  say: (message: { type: 'question'; id: number; question: Question }) => void,
): Questions {
  const waiting = new Map<number, Waiting>()
  let asked = 0
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = ++asked
        waiting.set(id, { resolve, reject })
        say({ type: 'question', id, question })
      }),
    hear: ({ id, yes, reply, failure }) => {
      const waiter = waiting.get(id)
      waiting.delete(id)
      if (failure) waiter?.reject(failureTold(failure))
      else waiter?.resolve({ yes, id, reply })
    },
  }
}

/** The failure that the other side told of. */
export function failureTold({ code, why, final, retryAfterMs, cause }: Told): JobFailure {
  const behind = cause === undefined ? {} : { cause: new Error(cause) }
  return new JobFailure(code, why, { final, retryAfterMs, ...behind })
}
