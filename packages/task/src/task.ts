import type { z } from 'zod'
import type { RunTask } from './context.ts'
import { withRepairs, withStrict } from './repairs.ts'
import type { Stage } from './stages.ts'

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

/** A kind of file that a task may write, for its first output or beside it. */
export type OutputRule = {
  /** `.pdf` */
  ending: string
  /** Only where an option has this value, or has it among its values. */
  when?: { option: string; is: string | boolean }
}

/** What everybody may know of a kind of job, as data: it is validated and documented with. */
type Declared<O extends z.ZodType, R extends z.ZodType> = {
  name: string
  domain: string
  title: string
  inputs: InputRule
  /** The files that it writes, the first output first. */
  outputs?: readonly OutputRule[]
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
  /** Works on the whole system, so that only callers with the scope `admin` may ask for it. */
  maintenance?: true
  /** Keeps finished parts of its work for another attempt; they are removed when the job ends. */
  resumable?: true
}

/** The work of a task, to be loaded where it is done. */
export type Code<O extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = () => Promise<{
  run: RunTask<z.output<O>, z.input<R>>
}>

/** Runs in a process of its own, without a connection and without keys. */
export type HostedTask<O extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = Declared<O, R> & {
  inWorker?: never
  code: Code<O, R>
}

/**
 * Only waits for others, and reads no file of a stranger: it runs in the worker itself, by the code that its service gives
 * (`codeOf`), as that may work on what only the worker has.
 */
export type WorkerTask<O extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = Declared<O, R> & {
  inWorker: true
}

/** A kind of job. */
export type Task<O extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> =
  | HostedTask<O, R>
  | WorkerTask<O, R>

/** The limits that hold where a task states no others (seconds). */
export const usualLimits = { retries: 3, softSeconds: 1500, hardSeconds: 1800 } as const

/**
 * Declares a task. One that takes PDFs has the option `strict` besides its own, and its result tells what was mended.
 * @throws Error when the weights of its stages do not sum to 100.
 */
export function defineTask<O extends z.ZodType, R extends z.ZodType>(task: HostedTask<O, R>): HostedTask<O, R>
export function defineTask<O extends z.ZodType, R extends z.ZodType>(task: WorkerTask<O, R>): WorkerTask<O, R>
export function defineTask<O extends z.ZodType, R extends z.ZodType>(task: Task<O, R>): Task<O, R> {
  const sum = task.stages.reduce((total, stage) => total + stage.weight, 0)
  if (sum !== 100) throw new Error(`the stages of ${task.name} weigh ${sum}, not 100`)
  if (!task.inputs.contentTypes.includes('application/pdf')) return task
  return { ...task, options: withStrict(task.options), result: withRepairs(task.result) }
}

/** The code of tasks that run in the worker, by their names. */
export type WorkerCode = readonly (readonly [name: string, code: Code])[]

/** The code of a task that runs in the worker. */
export function codeOf<O extends z.ZodType, R extends z.ZodType>(
  { name }: WorkerTask<O, R>,
  code: Code<O, R>,
): WorkerCode[number] {
  return [name, code]
}

/**
 * The code of each task that runs in the worker, by its name.
 * @throws Error where one has none
 */
export function codeByName(tasks: readonly Task[], given: WorkerCode): ReadonlyMap<string, Code> {
  const code = new Map(given)
  for (const { name, inWorker } of tasks)
    if (inWorker && !code.has(name)) throw new Error(`its service gives no code for ${name}`)
  return code
}

/** A task's result, which is an object. @throws Error where it is none */
export function objectOf(task: Pick<Task, 'name'>, result: unknown): Record<string, unknown> {
  if (typeof result !== 'object' || result === null)
    throw new Error(`the result of ${task.name} is no object`)
  return { ...result }
}
