import type { EngineContext } from '@pdf-smaller/engines/context'
import type { ObjectStore } from '@pdf-smaller/object-store'
import type { Config, JobStore } from '@pdf-smaller/platform'
import type { NatsConnection } from '@nats-io/transport-node'
import type { z } from 'zod'
import { withRepairs, withStrict } from './repairs.ts'

export type { EngineContext }

/** What a task asks of its input files. */
export type InputRule = {
  min: number
  max: number
  contentTypes: readonly string[]
  /** The content type of which a job takes one file, and no other beside it. */
  alone?: string
  /** Files fail one by one: any file is taken, and the result tells of those that could not be worked on. */
  oneByOne?: true
}

/** A part of an attempt; weights of all stages sum to 100. */
export type Stage = { name: string; weight: number }

/** An input file, already in the workspace and checked against its SHA-256. */
export type InputFile = { path: string; name: string; size: number; sha256: string; contentType: string }

/** A result file in the workspace, to be stored under `name`. */
export type OutputFile = { path: string; name: string; contentType: string }

export type TaskLog = {
  debug: (fields: object, message: string) => void
  info: (fields: object, message: string) => void
  warn: (fields: object, message: string) => void
}

/** What maintenance works on: everybody's events and files. */
export type Backbone = {
  config: Config
  connection: NatsConnection
  store: JobStore
  objects: ObjectStore
  clock: () => Date
}

/** Parts of the work that outlast an attempt: a later one of the same job need not do them again. */
export type FinishedParts = {
  /** Brings a part into a new file; false when no earlier attempt has finished it. */
  restore: (name: string, file: string) => Promise<boolean>
  /** Keeps a part; `name` is one of the job's own. */
  keep: (name: string, file: string) => Promise<void>
}

/** A question of a task, and for whom it is asked; the signal aborts when the attempt ends. */
export type Asked = { question: unknown; tenant: string; jobId: string; signal: AbortSignal; log: TaskLog }

/** What a service answers to its tasks, from where there are a network and keys. @throws JobFailure that the attempt ends with */
export type AnswerQuestion = (asked: Asked) => Promise<unknown>

/** Everything an attempt gives to its task. */
export type TaskContext<Options> = {
  inputs: InputFile[]
  options: Options
  engine: EngineContext
  /** The attempt's private folder, removed after it. It is not made for tasks that take no files. */
  workspace: string
  signal: AbortSignal
  log: TaskLog
  /** Tells how far the stage is; `total` steps, `current` of them done. */
  progress: (stage: string, current: number, total: number, message?: string) => void
  /**
   * Tells how many pages the task works on, in all its files together, as soon as that is known: with the bytes, they say
   * how long it will take.
   */
  tellPages: (count: number) => void
  /**
   * Stores a part of what will be the first output, so that it can be fetched while the task goes on; the file may go
   * when it resolves. For a hundred or so: each progress event lists them all.
   */
  publish: (output: OutputFile) => Promise<void>
  /**
   * Asks the service of the task, in the worker, for what needs a network or a key; both sides parse what they are told.
   * @throws JobFailure that the service answers with
   */
  ask: (question: unknown) => Promise<unknown>
  /** Only for maintenance tasks that run in the worker; others work on their own files alone. */
  backbone?: Backbone
  /** Only for resumable tasks: of others nobody would remove the parts. */
  parts: FinishedParts
}

export type TaskResult<Result> = { outputs: OutputFile[]; result: Result }

export type RunTask<Options, Result> = (context: TaskContext<Options>) => Promise<TaskResult<Result>>

/**
 * A kind of job. Everything but `load` is data, which the gateway validates and documents with;
 * only workers load the code.
 */
export type Task<O extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = {
  name: string
  domain: string
  title: string
  inputs: InputRule
  /** Strict: unknown options are refused. */
  options: O
  result: R
  stages: readonly Stage[]
  limits: { retries: number; softSeconds: number; hardSeconds: number }
  /**
   * The same files and options give an equally good result, so that it may be served again. The version is raised
   * whenever the task makes results that are better or other than before.
   */
  reusable?: { version: number }
  /**
   * Only waits for others, and reads no file of a stranger: it runs in the worker itself. Any other task runs in a process
   * of its own, without a connection and without keys.
   */
  inWorker?: true
  /** Works on the whole system, so that only callers with the scope `admin` may ask for it. */
  maintenance?: true
  /** Keeps finished parts of its work for another attempt; they are removed when the job ends. */
  resumable?: true
  load: () => Promise<{ run: RunTask<z.output<O>, z.input<R>> }>
}

/** The limits that hold where a task states no others (seconds). */
export const usualLimits = { retries: 3, softSeconds: 1500, hardSeconds: 1800 } as const

/**
 * Declares a task. One that takes PDFs has the option `strict` besides its own, and its result tells what was mended.
 * @throws Error when the weights of its stages do not sum to 100.
 */
export function defineTask<O extends z.ZodType, R extends z.ZodType>(task: Task<O, R>): Task<O, R> {
  const sum = task.stages.reduce((total, stage) => total + stage.weight, 0)
  if (sum !== 100) throw new Error(`the stages of ${task.name} weigh ${sum}, not 100`)
  if (!task.inputs.contentTypes.includes('application/pdf')) return task
  return { ...task, options: withStrict(task.options), result: withRepairs(task.result) }
}

/** A task's result, which is an object. @throws Error where it is none */
export function objectOf(task: Pick<Task, 'name'>, result: unknown): Record<string, unknown> {
  if (typeof result !== 'object' || result === null)
    throw new Error(`the result of ${task.name} is no object`)
  return { ...result }
}
