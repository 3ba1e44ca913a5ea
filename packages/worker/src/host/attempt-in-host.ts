import { rename } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, objectOf, type Task, type TaskContext } from '@pdf-smaller/task'
import { diagnosed } from '../diagnosis.ts'
import { attemptFailure } from '../failure.ts'
import { openRepairs, type Repairs } from '../repairs.ts'
import type { Handing } from './handing.ts'
import { type FromHost, told, type Work } from './protocol.ts'
import type { Questions } from './questions.ts'
import { sentNames } from './sent-names.ts'

/** What an attempt in a host is carried out with. */
export type HostTools = {
  tasks: readonly Task[]
  handing: Handing
  questions: Questions
  say: (message: FromHost) => void
  /** Aborts when the worker wants the attempt to end. */
  signal: AbortSignal
}

/** Runs the task, and tells how it ended. Never throws. */
export async function attemptInHost(work: Work, tools: HostTools): Promise<FromHost> {
  const { handing, signal } = tools
  const since = performance.now()
  const { onRepair, told: repairsTold } = openRepairs(work.options, work.inputs)
  const context = contextOf(work, tools, onRepair)
  const { inputs, engine, log } = context
  const names = sentNames(inputs)
  try {
    const task = tools.tasks.find(({ name }) => name === work.task)
    if (!task || task.inWorker)
      throw new JobFailure('unknown_task', `${work.task} is not among the tasks of its module`)
    const { run } = await task.code()
    const { outputs, result } = await run(context)
    signal.throwIfAborted()
    const handed = outputs.map(async ({ path, name, contentType }) => ({
      handed: await handing.give(path),
      name,
      contentType,
    }))
    const whole = { ...objectOf(task, names.value(result)), ...repairsTold() }
    return { type: 'done', outputs: await Promise.all(handed), result: whole }
  } catch (error) {
    const { foreseen } = attemptFailure(error)
    const { failure } = work
    const found = await diagnosed(error, { job: { failure }, inputs, engine, log, since })
    const failed = found instanceof JobFailure ? found : attemptFailure(found).told
    return { type: 'failed', foreseen, failure: told(names.failure(failed)) }
  }
}

/** What the task is given: as in the worker, but that all it tells, hands out and asks for goes over the channel. */
function contextOf(
  work: Work,
  { handing, questions, say, signal }: HostTools,
  onRepair: Repairs['onRepair'],
): TaskContext<unknown> {
  const { inputs, options, workspace } = work
  const { ask } = questions
  return {
    inputs,
    options,
    workspace,
    signal,
    log: logOver(say),
    progress: (stage, current, total, message) =>
      say({ type: 'progress', stage, current, total, ...(message === undefined ? {} : { message }) }),
    tellPages: (count) => say({ type: 'pages', count }),
    publish: async ({ path, name, contentType }) => {
      const handed = await handing.give(path)
      await ask({ what: 'publish', handed, name, contentType })
    },
    parts: {
      restore: async (part, file) => {
        const { handed, file: there } = handing.place()
        const { yes } = await ask({ what: 'restore', part, handed })
        if (yes) await rename(there, file)
        return yes
      },
      keep: async (part, file) => {
        await ask({ what: 'keep', part, handed: await handing.give(file) })
      },
    },
    ask: async (question) => (await ask({ what: 'service', question })).reply,
    engine: { ...engineOf(work, { questions, say, signal }), onRepair },
  }
}

function engineOf(
  { engine, workspace }: Work,
  { questions, say, signal }: Pick<HostTools, 'questions' | 'say' | 'signal'>,
): EngineContext {
  return {
    ...engine,
    cwd: workspace,
    signal,
    core: async (run) => {
      const { id } = await questions.ask({ what: 'core' })
      try {
        return await run()
      } finally {
        say({ type: 'core back', id })
      }
    },
    onExit: (usage) => say({ type: 'engine', ...usage }),
  }
}

function logOver(say: HostTools['say']): TaskContext<unknown>['log'] {
  const line = (level: 'debug' | 'info' | 'warn') => (fields: object, message: string) =>
    say({ type: 'log', level, fields: plain(fields), message })
  return { debug: line('debug'), info: line('info'), warn: line('warn') }
}

/** An error says nothing as JSON. */
function plain(fields: object): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    value instanceof Error ? { type: value.name, message: value.message, stack: value.stack } : value,
  ])
  return Object.fromEntries(entries)
}
