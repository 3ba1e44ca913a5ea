import { UsageError, exitCodes } from './exit.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './command.ts'
import { flat } from './description.ts'
import { commandLine, type CommandLine } from './command-line.ts'
import { openOutput } from './output.ts'
import type { Session } from './session.ts'
import { builtIn, program } from '../commands.ts'
import { commandHelp, groupHelp, overview } from '../reference/help.ts'
import { painter } from '../screen/paint.ts'
import { type Connection, openConnection } from '../server/connection.ts'
import type { Environment } from '../server/environment.ts'
import { taskCommandFor } from '../tasks/task-command.ts'
import { version } from './version.ts'

/** What a program has of the outside. */
export type Host = {
  environment: Environment
  stdin: Session['input']
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  /** Aborts on Ctrl-C. */
  signal: AbortSignal
}

/** Runs a command line. @returns the exit code. Never throws: what goes wrong is told on stderr */
export async function runProgram(args: readonly string[], host: Host): Promise<number> {
  const connection = openConnection(host.environment, host.signal)
  const output = openOutput(host, { json: args.includes('--json') })
  try {
    const code = await runLine(commandLine(args, flat(program)), connection, host, output)
    return (await output.failure()) === undefined ? code : exitCodes.failed
  } catch (error) {
    if (output.readerIsGone() && !host.signal.aborted) return exitCodes.done
    return await output.end(error)
  } finally {
    await connection.close()
  }
}

async function runLine(
  line: CommandLine,
  connection: Connection,
  host: Host,
  output: ReturnType<typeof openOutput>,
): Promise<number> {
  const { print } = output
  const { name, help } = line
  const columns = host.stdout.columns
  if (line.version) print(`pdf-smaller ${version}`)
  else if (name === undefined && help) print(overview(program, columns))
  else if (name === undefined) {
    host.stderr.write(`${overview(program, columns)}\n`)
    return exitCodes.usage
  } else {
    const group = help ? groupOf(name) : []
    if (group.length > 0) print(groupHelp(name, group, columns))
    else {
      // A task as the service that is used knows it.
      const command =
        builtIn(name) ?? (await taskCommandFor(name, { ...line, program: flat(program) }, connection))
      if (!help) return runCommand(command, line, connection, host, output)
      print(commandHelp(command, columns))
    }
  }
  return exitCodes.done
}

const groupOf = (name: string) => flat(program).filter((each) => each.name.startsWith(`${name} `))

async function runCommand(
  command: Command,
  line: CommandLine,
  connection: Connection,
  host: Host,
  output: ReturnType<typeof openOutput>,
): Promise<number> {
  const { common, ...given } = readArguments(command, line.rest)
  if (common.json && common.quiet) throw new UsageError('--json and --quiet say two things; give one of them')
  const work = await command.code()
  const { server, json, quiet, verbose } = common
  output.set({ json, quiet, verbose })
  const session: Session = {
    program,
    environment: host.environment,
    input: host.stdin,
    results: host.stdout,
    screen: host.stderr,
    json,
    quiet,
    verbose,
    ...output,
    paint: painter(host.stdout),
    signal: host.signal,
    connect: () => connection.need(server),
    connectOrStart: () => connection.needOrStart(server),
    address: () => connection.address(server),
  }
  return work.run(given, session)
}
