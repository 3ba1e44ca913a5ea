import { rm } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineUsage } from '@pdf-smaller/engines/context'
import { boundToSpan } from '@pdf-smaller/platform'
import type { OutputFile, TaskContext } from '@pdf-smaller/task'
import { attemptFailure } from '../failure.ts'
import { type FromHost, type Question, told, type Work } from '../host/protocol.ts'
import { failureTold } from '../host/questions.ts'
import { ofStores } from '../store-failure.ts'
import type { HandOver } from './hand-over.ts'
import type { TaskHost } from './task-host.ts'

/** What a worker does for an attempt in a host. */
export type Attendance = Pick<TaskContext<unknown>, 'log' | 'progress' | 'tellPages' | 'publish' | 'parts'> &
  Required<Pick<TaskContext<unknown>['engine'], 'core' | 'onExit'>> & {
    /** Has the service answer. @param gone aborts when nobody waits for the answer any more */
    answer: (question: unknown, gone?: AbortSignal) => Promise<unknown>
  }

/** How a task ended in its host: with files that the host has handed over, or with a failure. */
export type HostEnd =
  | { type: 'done'; outputs: (Omit<OutputFile, 'path'> & { handed: string })[]; result: unknown }
  | { type: 'failed'; failure: JobFailure; foreseen: boolean }

/** A host that asks for more at once, or says more, is not ours any more. */
const [mostQuestions, mostMessages] = [1000, 1_000_000]

/**
 * Attends to one attempt in a host, from its order to its end.
 * @throws JobFailure when the host ends before the attempt does
 */
export async function attend(
  host: TaskHost,
  work: Work,
  attendance: Attendance,
  handOver: HandOver,
): Promise<HostEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<HostEnd>()
  const desk = openDesk(host, attendance, handOver)
  let messages = 0
  // A host may have been started for another attempt, in whose span its channel would be heard.
  const onMessage = boundToSpan((message: FromHost) => {
    if (++messages > mostMessages) return host.kill(new JobFailure('host_died', 'it said too much'))
    const end = endIn(message)
    if (end) return resolve(end)
    try {
      hear(message, attendance, desk)
    } catch (error) {
      host.kill(new JobFailure('internal_error', '', { cause: error }))
    }
  })
  host.onMessage(onMessage)
  void host.ended.then(reject)
  host.say(work)
  return promise.finally(() => {
    host.onMessage(() => {})
    desk.close()
  })
}

function endIn(message: FromHost): HostEnd | undefined {
  if (message.type === 'done') return message
  if (message.type === 'failed') return { ...message, failure: failureTold(message.failure) }
  return undefined
}

function hear(message: FromHost, { log, progress, tellPages, onExit }: Attendance, desk: Desk): void {
  switch (message.type) {
    case 'progress':
      return progress(message.stage, message.current, message.total, message.message)
    case 'pages':
      return tellPages(message.count)
    case 'engine':
      return onExit(usageIn(message))
    case 'log':
      return log[message.level](message.fields, message.message)
    case 'question':
      return desk.ask(message.id, message.question)
    case 'core back':
      return desk.coreBack(message.id)
    case 'ready':
    case 'done':
    case 'failed':
      return
    default:
      return message satisfies never
  }
}

function usageIn({
  engine,
  wallMs,
  peakBytes,
  processorMs,
  exitCode,
  failed,
}: Extract<FromHost, { type: 'engine' }>): EngineUsage {
  return {
    engine,
    wallMs,
    peakBytes,
    ...(processorMs === undefined ? {} : { processorMs }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(failed === undefined ? {} : { failed }),
  }
}

/** Answers what the host asks. */
type Desk = {
  ask: (id: number, question: Question) => void
  coreBack: (id: number) => void
  /** Gives back what the host has not. */
  close: () => void
}

function openDesk(host: TaskHost, attendance: Attendance, handOver: HandOver): Desk {
  const cores = openLending(host, attendance)
  const gone = new AbortController()
  let open = 0
  const answer = async (id: number, question: Question) => {
    try {
      if (question.what === 'core') return await cores.lend(id)
      if (question.what === 'service') {
        const reply = await attendance.answer(question.question, gone.signal)
        return host.say({ type: 'answer', id, yes: true, reply })
      }
      const yes = await carryOut(question, attendance, handOver)
      host.say({ type: 'answer', id, yes })
    } catch (error) {
      const { told: failure } = attemptFailure(ofStores(error))
      host.say({ type: 'answer', id, yes: false, failure: told(failure) })
    } finally {
      open--
    }
  }
  return {
    ask: (id, question) => {
      if (++open > mostQuestions) return host.kill(new JobFailure('host_died', 'it asked too much'))
      void answer(id, question)
    },
    coreBack: cores.back,
    close: () => {
      gone.abort()
      cores.close()
    },
  }
}

/** Lends a host the cores that it asks for, each under the number of its question. */
function openLending(host: TaskHost, { core }: Attendance) {
  const lent = new Map<number, () => void>()
  let closed = false
  const back = (id: number) => {
    lent.get(id)?.()
    lent.delete(id)
  }
  return {
    /** @returns when the core is given back */
    lend: (id: number) =>
      core(async () => {
        // It may have died while it waited: nobody would give the core back.
        if (closed) return
        // And what it asks for twice under one number, it could give back once.
        back(id)
        const { promise, resolve } = Promise.withResolvers<void>()
        lent.set(id, resolve)
        host.say({ type: 'answer', id, yes: true })
        await promise
      }),
    back,
    close: () => {
      closed = true
      for (const giveBack of lent.values()) giveBack()
    },
  }
}

async function carryOut(
  question: Exclude<Question, { what: 'core' | 'service' }>,
  { publish, parts }: Attendance,
  { take, give }: HandOver,
): Promise<boolean> {
  const { handed } = question
  switch (question.what) {
    case 'publish': {
      const { name, contentType } = question
      const file = await take(handed)
      await publish({ path: file, name, contentType })
      await rm(file)
      return true
    }
    case 'keep': {
      const file = await take(handed)
      await parts.keep(question.part, file)
      await rm(file)
      return true
    }
    case 'restore':
      return give(handed, (file) => parts.restore(question.part, file))
    default:
      return question satisfies never
  }
}
