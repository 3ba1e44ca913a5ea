import { appendFile, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import { run as runEngine } from '@pdf-smaller/engines'
import { z } from 'zod'
import { defineTask, type RunTask } from '../src/task.ts'

const HoldOptions = z.strictObject({
  /** A file in which it notes the processes that it works in. */
  notes: z.string(),
  /** Its first attempt ends with `task_timeout` before it holds anything up. */
  timesOutFirst: z.boolean().default(false),
  /** Starts an engine that runs on, with a process of its own; none of them ends by SIGTERM. */
  engine: z.boolean().default(false),
  /** How long it blocks its loop, ms; for ever by default. */
  blockMs: z.int().optional(),
  /** Takes all the time of a core for it, which makes the machine slow for others, too. */
  spin: z.boolean().default(false),
  /** A file that it waits for then. */
  until: z.string().optional(),
})

const pidsIn = async (file: string) =>
  (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')

const endless = `trap '' TERM; sleep 1000 & printf '%s\\n' $$ $! >> "$1"; while :; do wait; done`

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(10)
}

const runHold: RunTask<z.output<typeof HoldOptions>, { pid: number }> = async ({ options, engine }) => {
  const { notes, blockMs = Infinity, timesOutFirst } = options
  const isFirst = (await pidsIn(notes)).length === 0
  await appendFile(notes, `${process.pid}\n`)
  if (timesOutFirst && isFirst) throw new JobFailure('task_timeout', 'as it was told to')
  if (timesOutFirst) process.on('SIGTERM', () => {})
  if (options.engine) {
    const known = (await pidsIn(notes)).length
    runEngine('sh', ['-c', endless, 'sh', notes], engine).catch(() => {})
    await until(async () => (await pidsIn(notes)).length === known + 2)
  }
  if (options.spin) for (;;);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, blockMs)
  const { until: file } = options
  if (file) await until(async () => (await pidsIn(file)).length > 0)
  return { outputs: [], result: { pid: process.pid } }
}

/** Holds up the process that it runs in. */
export const hold = defineTask({
  name: 'hold',
  domain: 'testing',
  title: 'Hold everything up',
  inputs: { min: 1, max: 1, contentTypes: ['text/plain'] },
  options: HoldOptions,
  result: z.object({ pid: z.int() }),
  stages: [{ name: 'holding', weight: 100 }],
  limits: { retries: 3, softSeconds: 60, hardSeconds: 70 },
  load: async () => ({ run: runHold }),
})
