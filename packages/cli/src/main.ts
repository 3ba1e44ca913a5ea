import { readFile } from 'node:fs/promises'
import { type Client, createClient, ProblemError } from '@pdf-smaller/client'
import { type Arguments, parseArguments } from './arguments.ts'
import { cancelJob, listJobs, listTasks, retryJob, showStatus } from './commands/jobs.ts'
import { createKey } from './commands/keys.ts'
import { runTask } from './commands/run-task.ts'
import { findServer } from './server.ts'
import { exitCodes, usage, UsageError } from './usage.ts'

const jobCommands: Record<string, (client: Client, given: Arguments) => Promise<number>> = {
  tasks: listTasks,
  jobs: listJobs,
  status: showStatus,
  cancel: cancelJob,
  retry: retryJob,
}

async function main(given: readonly string[], signal: AbortSignal): Promise<number> {
  const parsed = parseArguments(given)
  if (parsed.command === '') {
    process.stdout.write(usage)
    return parsed.flags.has('help') ? exitCodes.done : exitCodes.usage
  }
  if (parsed.command === 'keys') return createKey(parsed)
  const server = await findServer(parsed.flags.get('server'), process.env)
  try {
    const client = createClient({ baseUrl: server.url, apiKey: await apiKey() })
    const command = jobCommands[parsed.command]
    if (command) return await command(client, parsed)
    const task = (await client.tasks()).find(({ name }) => name === parsed.command)
    if (!task) throw new UsageError(`there is no command or task ${parsed.command}\n\n${usage}`)
    return await runTask(client, task, parsed, signal)
  } finally {
    await server.stop()
  }
}

async function apiKey(): Promise<string | undefined> {
  const file = process.env['PDF_SMALLER_API_KEY_FILE']
  return file ? (await readFile(file, 'utf8')).trim() : process.env['PDF_SMALLER_API_KEY']
}

function failure(error: unknown, interrupted: boolean): number {
  const tell = (text: string) => process.stderr.write(`pdf-smaller: ${text}\n`)
  if (interrupted) return exitCodes.interrupted
  if (error instanceof UsageError) {
    tell(error.message)
    return exitCodes.usage
  }
  if (error instanceof ProblemError) {
    tell(`${error.code}: ${error.message}`)
    return exitCodes.failed
  }
  tell(
    error instanceof Error
      ? [error.message, error.cause instanceof Error ? error.cause.message : ''].join(' ').trim()
      : String(error),
  )
  return exitCodes.unreachable
}

const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())
process.once('SIGTERM', () => interruption.abort())
process.exitCode = await main(process.argv.slice(2), interruption.signal).catch((error: unknown) =>
  failure(error, interruption.signal.aborted),
)
