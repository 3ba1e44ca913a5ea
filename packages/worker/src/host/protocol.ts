import { Failure, FailureCode, type JobFailure } from '@pdf-smaller/contracts'
import { z } from 'zod'

/** A number of bytes, of cores, of pages. */
const count = z.number().nonnegative()

/** A failure on its way between worker and host. */
const Told = z.object({
  code: FailureCode,
  why: z.string(),
  final: z.boolean(),
  retryAfterMs: count.optional(),
  /** For the log: what was behind it, with its stack. */
  cause: z.string().optional(),
})
export type Told = z.infer<typeof Told>

const longestCause = 20_000

export function told({ code, why, final, retryAfterMs, cause }: JobFailure): Told {
  const text = cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause)
  return {
    code,
    why,
    final,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(cause === undefined ? {} : { cause: text.slice(0, longestCause) }),
  }
}

/** The name that a file has on its way from one to the other, in the host's folder. */
const Handed = z.string().regex(/^handed-\d+$/)

/** One attempt at a job: what the host is to work on, and with. */
const Work = z.object({
  type: z.literal('work'),
  /** The module that lists the tasks, as an address of a file. */
  module: z.string(),
  task: z.string(),
  options: z.unknown(),
  inputs: z.array(
    z.object({
      path: z.string(),
      name: z.string(),
      size: count,
      sha256: z.string(),
      contentType: z.string(),
    }),
  ),
  workspace: z.string(),
  engine: z.object({
    memoryBytes: count,
    cores: count,
    mostObjects: count,
    drawing: z.object({ memoryBytes: count, mostPixels: count, ms: count }),
    traceparent: z.string().optional(),
  }),
  /** What the attempt before it ended with. */
  failure: Failure.optional(),
})
export type Work = z.infer<typeof Work>

/** What a worker tells a host. */
export const ToHost = z.discriminatedUnion('type', [
  Work,
  /** The attempt is to end with this failure. */
  z.object({ type: z.literal('stop'), failure: Told }),
  /** To what the host asked under this number: whether it was so, what its service said, or why it could not be done. */
  z.object({
    type: z.literal('answer'),
    id: count,
    yes: z.boolean(),
    reply: z.unknown().optional(),
    failure: Told.optional(),
  }),
])
export type ToHost = z.infer<typeof ToHost>

const outputParts = {
  handed: Handed,
  name: z.string().max(1000),
  contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+(; charset=[\w-]+)?$/),
}

/** What a host cannot do itself, as it has neither a connection nor a key. */
const Question = z.discriminatedUnion('what', [
  z.object({ what: z.literal('publish'), ...outputParts }),
  /** Whether an earlier attempt has finished the part; it then lies under that name in the host's folder. */
  z.object({ what: z.literal('restore'), part: z.string(), handed: Handed }),
  z.object({ what: z.literal('keep'), part: z.string(), handed: Handed }),
  /** A core of the machine; it is lent until it is given back under the number of the question. */
  z.object({ what: z.literal('core') }),
  /** What the service of the task answers, which knows its own questions. */
  z.object({ what: z.literal('service'), question: z.unknown() }),
])
export type Question = z.infer<typeof Question>

/** What a host tells its worker. */
export const FromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('progress'),
    stage: z.string(),
    current: z.number(),
    total: z.number(),
    message: z.string().optional(),
  }),
  z.object({ type: z.literal('pages'), count: z.int().nonnegative() }),
  z.object({
    type: z.literal('engine'),
    engine: z.string().max(300),
    wallMs: count,
    processorMs: count.optional(),
    peakBytes: z.int().nonnegative(),
    exitCode: z.int().optional(),
    failed: FailureCode.optional(),
  }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn']),
    fields: z.record(z.string(), z.unknown()),
    message: z.string(),
  }),
  z.object({ type: z.literal('question'), id: count, question: Question }),
  z.object({ type: z.literal('core back'), id: count }),
  z.object({ type: z.literal('done'), outputs: z.array(z.object(outputParts)), result: z.unknown() }),
  /** `foreseen` is false for what was a bug, whatever the failure is told as. */
  z.object({ type: z.literal('failed'), failure: Told, foreseen: z.boolean() }),
])
export type FromHost = z.infer<typeof FromHost>
