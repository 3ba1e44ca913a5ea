import { existsSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Client, TaskDescription } from '@pdf-smaller/client'
import type { JobView } from '@pdf-smaller/contracts'
import { type Arguments, describeOptions, taskOptions } from '../arguments.ts'
import { openScreen } from '../bar.ts'
import { outcomeLines } from '../report.ts'
import { exitCodes, UsageError } from '../usage.ts'

const ownFlags = ['output', 'server', 'force', 'help', 'tag']

/** Runs a task on files of this machine: one job, or a batch with a job for each file. */
export async function runTask(
  client: Client,
  task: TaskDescription,
  given: Arguments,
  signal: AbortSignal,
): Promise<number> {
  const { rest: files, flags } = given
  if (flags.has('help')) {
    process.stdout.write(describeOptions(task))
    return exitCodes.done
  }
  if (files.length === 0) throw new UsageError(`name the files to ${task.name}`)
  for (const file of files) await mustBeFile(file)
  const options = taskOptions(task, flags, ownFlags)
  const targets = await targetsOf(files, flags)
  const tag = flags.get('tag')
  const submission = { options, ...(tag ? { tag } : {}) }
  const jobs =
    files.length === 1
      ? [await client.submit(task.name, files, submission)]
      : (await client.submitBatch(task.name, files, submission)).jobs
  return follow(client, jobs, files, targets, signal)
}

async function follow(
  client: Client,
  jobs: JobView[],
  files: string[],
  targets: string[],
  signal: AbortSignal,
): Promise<number> {
  const names = files.map((file) => path.basename(file))
  const screen = openScreen(process.stderr, names)
  const cancel = () => void Promise.allSettled(jobs.map(({ id }) => client.cancel(id)))
  signal.addEventListener('abort', cancel, { once: true })
  const ended = await Promise.all(
    jobs.map(async ({ id }, index) => {
      const name = names[index] ?? id
      const job = await client.wait(id, { signal, onProgress: (progress) => screen.update(name, progress) })
      const target = targets[index]
      if (job.status === 'completed' && target && job.outputs.length > 0)
        await client.download(job.id, target, { overwrite: true })
      screen.update(name, { percentage: 100, stage: job.status, message: '' })
      return job
    }),
  )
  screen.clear()
  for (const [index, job] of ended.entries()) {
    process.stdout.write(`${outcomeLines(names[index] ?? job.id, job, targets[index]).join('\n')}\n`)
  }
  return ended.every(({ status }) => status === 'completed') ? exitCodes.done : exitCodes.failed
}

async function mustBeFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) throw new UsageError(`${file} is not a file that can be read`)
}

/** Where each result goes: `-o` is a file for one input and a folder for several; without it, `<name>-small.pdf` beside the input. */
async function targetsOf(files: readonly string[], flags: ReadonlyMap<string, string>): Promise<string[]> {
  const output = flags.get('output')
  const isFolder =
    output !== undefined && (files.length > 1 || output.endsWith('/') || (await isDirectory(output)))
  if (output && isFolder) await mkdir(output, { recursive: true })
  const targets = files.map((file) => {
    if (output) return isFolder ? path.join(output, path.basename(file)) : output
    const { dir, name, ext } = path.parse(file)
    return path.join(dir, `${name}-small${ext}`)
  })
  const twice = targets.find((target, index) => targets.indexOf(target) !== index)
  if (twice) throw new UsageError(`two results would be written to ${twice}`)
  const taken = flags.has('force') ? undefined : targets.find((target) => existsSync(target))
  if (taken) throw new UsageError(`${taken} is there already; --force writes over it`)
  return targets
}

async function isDirectory(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isDirectory() ?? false
}
