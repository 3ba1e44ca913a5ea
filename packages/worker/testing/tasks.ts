import { randomUUID } from 'node:crypto'
import { copyFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { FailureCode, JobFailure } from '@pdf-smaller/contracts'
import { codeOf, defineTask, type RunTask, type WorkerCode } from '@pdf-smaller/task'
import { z } from 'zod'
import { hold, stepByStep, whenWritten } from './hold.ts'
import { lookAround } from './look-around.ts'

const domain = 'testing'
const stages = [
  { name: 'reading', weight: 40 },
  { name: 'writing', weight: 60 },
]
const limits = { retries: 3, softSeconds: 60, hardSeconds: 70 }

/** Does nothing: what is left is the cost of a job itself. */
export const noop = defineTask({
  name: 'noop',
  domain,
  title: 'Do nothing',
  inputs: { min: 0, max: 0, contentTypes: [] },
  options: z.strictObject({}),
  result: z.object({}),
  stages,
  limits,
  inWorker: true,
})

/** The code of those that run in the worker. */
export const inWorker = (): WorkerCode => [
  codeOf(noop, async () => ({ run: async () => ({ outputs: [], result: {} }) })),
]

const EchoOptions = z.strictObject({
  /** The attempt before which it fails with `code`. */
  failUntil: z.int().default(0),
  code: FailureCode.default('engine_failed'),
  /** Hands out its input before it works. */
  publish: z.boolean().default(false),
  /** How long it works, ms; ends early when it is asked to. */
  workMs: z.int().default(0),
  /** A file that it waits for. */
  until: z.string().optional(),
  /** Kills its own process. */
  crash: z.boolean().default(false),
  /** Leaves the time limit out of account. */
  stubborn: z.boolean().default(false),
})

const runEcho: RunTask<z.output<typeof EchoOptions>, { bytes: number }> = async (context) => {
  const { inputs, options, workspace, signal, progress, publish, tellPages } = context
  const [input] = inputs
  if (!input) throw new JobFailure('missing_file')
  if (options.crash) process.kill(process.pid, 'SIGKILL')
  const attempt = numberOf(workspace)
  progress('reading', 1, 2)
  tellPages(7)
  if (options.publish) await publish({ ...input, name: 'early.txt' })
  await wait(options.workMs, undefined, options.stubborn ? {} : { signal })
  if (options.until) await whenWritten(options.until)
  if (attempt < options.failUntil) throw new JobFailure(options.code, `attempt ${attempt} was told to fail`)
  progress('writing', 1, 2)
  const output = path.join(workspace, 'out')
  await copyFile(input.path, output)
  await writeFile(path.join(workspace, 'left-over'), 'x')
  return {
    outputs: [{ path: output, name: input.name, contentType: input.contentType }],
    result: { bytes: input.size },
  }
}

/** A workspace tells the attempt behind the job; a count of this process would start anew in the next one. */
function numberOf(workspace: string): number {
  return Number(path.basename(workspace).split('.')[1])
}

/** Gives its input back; its options make it fail, wait and crash. */
export const echo = defineTask({
  name: 'echo',
  domain,
  title: 'Give the input back',
  inputs: { min: 1, max: 1, contentTypes: ['application/pdf', 'text/plain'] },
  options: EchoOptions,
  result: z.object({ bytes: z.int() }),
  stages,
  limits,
  code: async () => ({ run: runEcho }),
})

/** Makes something else each time, and says that any of it will do. */
export const stamp = defineTask({
  name: 'stamp',
  domain,
  title: 'Write a random word',
  inputs: { min: 1, max: 1, contentTypes: ['text/plain'] },
  options: z.looseObject({}),
  result: z.object({ word: z.string() }),
  stages,
  limits,
  reusable: { version: 1 },
  code: async () => ({
    run: async ({ workspace, options }) => {
      if (options['fail']) throw new JobFailure('damaged_pdf')
      const [word, output] = [randomUUID(), path.join(workspace, 'out')]
      await writeFile(output, word)
      return { outputs: [{ path: output, name: 'word.txt', contentType: 'text/plain' }], result: { word } }
    },
  }),
})

/** Counts to ten, a step in each of its parts, and dies in the middle of its first attempt. */
export const count = defineTask({
  name: 'count',
  domain,
  title: 'Count to ten',
  inputs: { min: 1, max: 1, contentTypes: ['text/plain'] },
  options: z.looseObject({}),
  result: z.object({ restored: z.int() }),
  stages,
  limits,
  resumable: true,
  code: async () => ({
    run: async ({ workspace, options, parts }) => {
      let restored = 0
      for (let step = 1; step <= 10; step++) {
        const file = path.join(workspace, `step-${step}`)
        if (await parts.restore(`step-${step}`, file)) {
          restored++
          continue
        }
        await writeFile(file, String(step))
        await parts.keep(`step-${step}`, file)
        if (step !== 6) continue
        if (options['end'] === 'crash') process.kill(process.pid, 'SIGKILL')
        throw new JobFailure(options['end'] === 'retry' ? 'engine_failed' : 'damaged_pdf')
      }
      return { outputs: [], result: { restored } }
    },
  }),
})

export const tasks = [noop, echo, stamp, count, hold, stepByStep, lookAround]
