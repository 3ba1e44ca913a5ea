import { createClient } from '@pdf-smaller/client/node'
import { apiKeyIn } from './api-key.ts'
import { cancel } from './commands/cancel.ts'
import { comparison } from './commands/comparison.ts'
import { correct } from './commands/correct.ts'
import { estimate } from './commands/estimate.ts'
import { jobs } from './commands/jobs.ts'
import { keys } from './commands/keys.ts'
import { replay } from './commands/replay.ts'
import { retry } from './commands/retry.ts'
import { runTask } from './commands/run-task.ts'
import { status } from './commands/status.ts'
import { tasks } from './commands/tasks.ts'
import { endOf, exitCodes } from './exit.ts'
import { findServer, type Server } from './server.ts'
import type { Command } from './session.ts'
import { usage } from './usage.ts'

/** Every other word is a task of the catalogue. */
const commands: Record<string, Command> = {
  cancel,
  comparison,
  correct,
  estimate,
  jobs,
  keys,
  replay,
  retry,
  status,
  tasks,
}

async function run([name, ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  const print = (line: string) => process.stdout.write(`${line}\n`)
  const env = process.env
  if (name === undefined || name.startsWith('-')) {
    print(usage)
    return name === '-h' || name === '--help' ? exitCodes.done : exitCodes.usage
  }
  let server: Server | undefined
  const connecting = (start?: { signal: AbortSignal }) => async (named: string | undefined) => {
    server = await findServer(named, env, start)
    return createClient({ baseUrl: server.url, apiKey: await apiKeyIn(env) })
  }
  const session = {
    print,
    screen: process.stderr,
    signal,
    connect: connecting(),
    connectOrStart: connecting({ signal }),
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  try {
    return await (command ?? runTask(name))(args, session)
  } finally {
    await server?.stop()
  }
}

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => interruption.abort(new Error('interrupted')))
// Nobody reads any more, as in `pdf-smaller jobs | head -3`.
process.stdout.once('error', (error) => interruption.abort(error))

try {
  process.exitCode = await run(process.argv.slice(2), interruption.signal)
} catch (error) {
  const { message, code } = endOf(error)
  process.stderr.write(`pdf-smaller: ${message}\n`)
  process.exitCode = interruption.signal.aborted ? exitCodes.interrupted : code
}
