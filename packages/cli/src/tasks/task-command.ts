import type { Command } from '../program/command.ts'
import type { Description } from '../program/description.ts'
import type { CommandLine } from '../program/command-line.ts'
import { UsageError } from '../program/exit.ts'
import { didYouMean } from '../program/suggest.ts'
import type { Connection } from '../server/connection.ts'
import { type KnownTask, shippedTasks } from './catalogue.ts'
import { ownOptions } from './own-options.ts'
import { taskOptions } from './task-options.ts'

/** A task of the catalogue as a command. */
export function taskCommand(task: KnownTask): Command {
  const { name, title, inputs, options } = task
  const takesFiles = inputs.max > 0
  return {
    name,
    about: title,
    more: takesFiles ? [aboutInputs(inputs)] : [],
    arguments: takesFiles
      ? [{ name: 'FILE', about: 'the files to work on; - reads one from stdin', several: true, file: true }]
      : [],
    options: { ...taskOptions(options), ...ownOptions },
    json: 'an object for each job as it ends: file, job (as GET /api/jobs/{id} has it) and saved (the files that were written), or file and error (code, message).',
    code: async () => {
      const { runTask } = await import('./run-task.ts')
      return { run: (given, session) => runTask(task, given, session) }
    },
  }
}

function aboutInputs({ max, min, alone }: KnownTask['inputs']): string {
  if (max === 1) return 'Several files make several jobs, one for each.'
  const bounds = `${min > 1 ? `${min} to ` : 'at most '}${max}`
  return alone
    ? `All files go into one job, ${bounds} of them; but several PDFs make several jobs, one for each.`
    : `All files go into one job, ${bounds} of them.`
}

/**
 * The command of a task as the service has it that is used; where none runs, or only help is asked for, as this release does.
 * @throws UsageError where there is none
 */
export async function taskCommandFor(
  name: string,
  { help, server, program }: Pick<CommandLine, 'help' | 'server'> & { program: readonly Description[] },
  connection: Connection,
): Promise<Command> {
  const shipped = shippedTasks.find((each) => each.name === name)
  if (help && shipped) return taskCommand(shipped)
  const known = await tasksThere(server, connection).catch((error: unknown) => {
    if (shipped) throw error
  })
  const task = known ? known.find((each) => each.name === name) : shipped
  if (task) return taskCommand(task)
  const words = [...program.map((each) => each.name), ...(known ?? shippedTasks).map((each) => each.name)]
  const [group = '', second] = name.split(' ')
  const siblings = program.filter((each) => each.name.startsWith(`${group} `))
  if (siblings.length > 0)
    throw new UsageError(
      `${group} ${second ? `has no ${second}` : 'needs one more word'}: ${siblings.map((each) => each.name.slice(group.length + 1)).join(', ')}`,
    )
  throw new UsageError(
    `there is no command or task ${name}${didYouMean(name, words) || '; see: pdf-smaller --help'}`,
  )
}

async function tasksThere(server: string | undefined, connection: Connection) {
  const client = await connection.find(server)
  return client?.tasks()
}
