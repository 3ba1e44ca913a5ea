import type { EngineContext } from '@pdf-smaller/engines/context'

export type { EngineContext }

/** An input file, already in the workspace and checked against its SHA-256. */
export type InputFile = { path: string; name: string; size: number; sha256: string; contentType: string }

/** A result file in the workspace, to be stored under `name`. */
export type OutputFile = { path: string; name: string; contentType: string }

export type TaskLog = {
  debug: (fields: object, message: string) => void
  info: (fields: object, message: string) => void
  warn: (fields: object, message: string) => void
}

/** Parts of the work that outlast an attempt: a later one of the same job need not do them again. */
export type FinishedParts = {
  /** Brings a part into a new file; false when no earlier attempt has finished it. */
  restore: (name: string, file: string) => Promise<boolean>
  /** Keeps a part; `name` is one of the job's own. */
  keep: (name: string, file: string) => Promise<void>
}

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
  /** Only for resumable tasks: of others nobody would remove the parts. */
  parts: FinishedParts
}

/** What a task ends with: files, and what is told of them. */
export type TaskResult<Result> = { outputs: OutputFile[]; result: Result }

/** The work of a task, in one attempt. */
export type RunTask<Options, Result> = (context: TaskContext<Options>) => Promise<TaskResult<Result>>
