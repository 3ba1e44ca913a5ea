import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Client, TaskDescription } from '@pdf-smaller/client/node'
import { displayName, type JobView } from '@pdf-smaller/contracts'
import { endOf, exitCodes, UsageError } from '../exit.ts'
import { readFlags, serverNamed } from '../flags.ts'
import { type Finished, finishJobs } from '../finish.ts'
import { goTogether } from '../together.ts'
import { outcomeLines } from '../report.ts'
import { painter } from '../screen.ts'
import type { Command, Session } from '../session.ts'
import { targetsOf } from '../targets.ts'
import { optionFlags, optionsGiven } from '../task-options.ts'
import { taskUsage, usage } from '../usage.ts'

/** Flags of every task beside its own options. */
export const ownFlags = {
  out: { type: 'string', short: 'o' },
  force: { type: 'boolean', short: 'f', default: false },
  tag: { type: 'string' },
  fresh: { type: 'boolean', default: false },
} as const

/** Runs a task of the catalogue on files of this machine: one job, or a batch with a job for each file. */
export function runTask(name: string): Command {
  return async (args, session) => {
    const client = await session.connectOrStart(serverNamed(args))
    const task = (await client.tasks()).find((each) => each.name === name)
    if (!task) throw new UsageError(`there is no command or task ${name}\n\n${usage}`)
    const { values, positionals: files } = readFlags(name, args, {
      ...optionFlags(task.options),
      ...ownFlags,
    })
    if (values.help) {
      session.print(taskUsage(task))
      return exitCodes.done
    }
    return runOn(client, task, files, optionsGiven(task.options, values), values, session)
  }
}

async function runOn(
  client: Client,
  task: TaskDescription,
  files: readonly string[],
  options: Record<string, unknown>,
  {
    out,
    force,
    tag,
    fresh,
  }: { out?: string | undefined; force: boolean; tag?: string | undefined; fresh: boolean },
  session: Session,
): Promise<number> {
  if (files.length === 0) throw new UsageError(`name the files to ${task.name}`)
  const missing = files.find((file) => !statSync(file, { throwIfNoEntry: false })?.isFile())
  if (missing) throw new UsageError(`${missing} is not a file that can be read`)
  const together = goTogether(task.inputs, files)
  const targets = targetsOf(together ? files.slice(0, 1) : files, { task: task.name, out, force })
  for (const target of targets) mkdirSync(path.dirname(target.path), { recursive: true })
  const names = targets.map((_, index) => displayName(files[index] ?? ''))
  const jobs = await submit(client, task, files, { options, tag, fresh, signal: session.signal })
  const finished = await finishJobs(client, { jobs, names, targets, force }, session)
  return report(finished, session)
}

async function submit(
  client: Client,
  { name, inputs }: TaskDescription,
  files: readonly string[],
  given: Parameters<Client['submit']>[2],
): Promise<JobView[]> {
  if (files.length === 1 || goTogether(inputs, files)) return [await client.submit(name, files, given)]
  return (await client.submitBatch(name, files, given)).jobs
}

/** Prints what came of each job. @returns the exit code of the worst of them */
function report(finished: readonly Finished[], { print }: Session): number {
  const paint = painter(process.stdout)
  const codes = finished.map((one) => {
    if ('error' in one) {
      const { message, code } = endOf(one.error)
      print(`${one.name}: ${message}`)
      return code
    }
    for (const line of outcomeLines(one.name, one.job, one.saved, paint)) print(line)
    return one.job.status === 'completed' ? exitCodes.done : exitCodes.failed
  })
  return Math.max(...codes)
}
