import { appendFile, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { run as runEngine } from '@pdf-smaller/engines'
import { defineTask, type RunTask, type TaskContext } from '@pdf-smaller/task'
import { z } from 'zod'

const linesIn = async (file: string) =>
  (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(10)
}

/** Resolves once there is a line in a file. */
export const whenWritten = (file: string): Promise<void> =>
  until(async () => (await linesIn(file)).length > 0)

const HoldOptions = z.strictObject({
  /** A file in which it notes the processes that it works in. */
  notes: z.string(),
  does: z.enum(['spin', 'allocate', 'fill', 'run an engine', 'wait']),
  /** A file that it waits for. */
  until: z.string().default(''),
})
type Hold = TaskContext<z.output<typeof HoldOptions>>

/** An engine with a process of its own; neither of them ends by SIGTERM. */
const endless = `trap '' TERM; (trap '' TERM; sleep 1000) & printf '%s\\n' $$ $! >> "$1"; while :; do wait; done`

const deeds: Record<z.output<typeof HoldOptions>['does'], (context: Hold) => Promise<unknown>> = {
  spin: async () => {
    for (;;);
  },
  allocate: async () => {
    const held: Buffer[] = []
    for (;;) held.push(Buffer.alloc(2 ** 24, 1))
  },
  fill: async ({ workspace }) => {
    await using file = await open(path.join(workspace, 'filler'), 'w')
    for (;;) await file.write(Buffer.alloc(2 ** 16))
  },
  'run an engine': ({ options, engine }) => runEngine('sh', ['-c', endless, 'sh', options.notes], engine),
  wait: ({ options }) => whenWritten(options.until),
}

const common = {
  domain: 'testing',
  inputs: { min: 1, max: 1, contentTypes: ['text/plain'] },
  stages: [{ name: 'holding', weight: 100 }],
  limits: { retries: 3, softSeconds: 60, hardSeconds: 70 },
}

/** Does what no task should. */
export const hold = defineTask({
  ...common,
  name: 'hold',
  title: 'Hold everything up',
  options: HoldOptions,
  result: z.object({ pid: z.int() }),
  code: async () => ({
    run: async (context) => {
      await appendFile(context.options.notes, `${process.pid}\n`)
      await deeds[context.options.does](context)
      return { outputs: [], result: { pid: process.pid } }
    },
  }),
})

export const steps = ['begun', 'kept', 'published', 'in an engine', 'made'] as const

const StepsOptions = z.strictObject({
  notes: z.string(),
  /** The step at which its first attempt waits for ever. */
  stopsAt: z.enum(steps),
})

const runSteps: RunTask<z.output<typeof StepsOptions>, { restored: boolean }> = async ({
  options: { notes, stopsAt },
  inputs: [input],
  workspace,
  engine,
  parts,
  publish,
}) => {
  if (!input) throw new Error('there is no input')
  const isFirst = (await linesIn(notes)).length === 0
  const reach = async (step: (typeof steps)[number]) => {
    if (!isFirst || step !== stopsAt) return
    await appendFile(notes, `${process.pid}\n`)
    await wait(1_000_000)
  }
  await reach('begun')
  const restored = await parts.restore('part', path.join(workspace, 'part'))
  if (!restored) await parts.keep('part', input.path)
  await reach('kept')
  await publish({ ...input, name: 'early.txt' })
  await reach('published')
  const [command, ...lines] = isFirst && stopsAt === 'in an engine' ? [endless, notes] : ['true']
  await runEngine('sh', ['-c', command, 'sh', ...lines], engine)
  await reach('made')
  return { outputs: [{ ...input, name: 'late.txt' }], result: { restored } }
}

/** Hands its input out in every way that there is. */
export const stepByStep = defineTask({
  ...common,
  name: 'step-by-step',
  title: 'Go through all that an attempt may do',
  options: StepsOptions,
  result: z.object({ restored: z.boolean() }),
  resumable: true,
  code: async () => ({ run: runSteps }),
})
