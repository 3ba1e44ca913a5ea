import { cancel } from './commands/cancel/command.ts'
import { comparison } from './commands/comparison/command.ts'
import { complete } from './commands/complete/command.ts'
import { completion } from './commands/completion/command.ts'
import { correct } from './commands/correct/command.ts'
import { deleteJobs } from './commands/delete/command.ts'
import { doctor } from './commands/doctor/command.ts'
import { down } from './commands/down/command.ts'
import { download } from './commands/download/command.ts'
import { estimate } from './commands/estimate/command.ts'
import { replayEvents, tail } from './commands/events/commands.ts'
import { health } from './commands/health/command.ts'
import { help } from './commands/help/command.ts'
import { jobs } from './commands/jobs/command.ts'
import { createIntegrator, listIntegrators, revokeIntegrators } from './commands/integrators/commands.ts'
import { createKey, listKeys, revokeKeys } from './commands/keys/commands.ts'
import { receipt } from './commands/receipt/command.ts'
import { redrive } from './commands/redrive/command.ts'
import { replay } from './commands/replay/command.ts'
import { retry } from './commands/retry/command.ts'
import { status } from './commands/status/command.ts'
import { tasks } from './commands/tasks/command.ts'
import { up } from './commands/up/command.ts'
import { webhookCommands } from './commands/webhooks/commands.ts'
import { wait } from './commands/wait/command.ts'
import type { Command } from './program/command.ts'
import { flat, type Program } from './program/description.ts'
import { type KnownTask, shippedTasks } from './tasks/catalogue.ts'
import { taskCommand } from './tasks/task-command.ts'

/** Commands that are no tasks. */
const builtInGroups: Program<Command> = [
  { title: 'Files', commands: [estimate, download] },
  { title: 'Jobs', commands: [jobs, status, wait, cancel, retry, replay, redrive, deleteJobs, receipt] },
  { title: 'Extractions', commands: [correct, comparison] },
  { title: 'Events', commands: [tail, replayEvents] },
  { title: 'The service', commands: [up, down, health, tasks, doctor] },
  { title: 'Keys', commands: [createKey, listKeys, revokeKeys] },
  { title: 'Integrators', commands: [createIntegrator, listIntegrators, revokeIntegrators] },
  { title: 'Webhooks', commands: webhookCommands },
  { title: 'This program', commands: [help, completion] },
]

/** All that the program can do with these tasks. */
export const programOf = (tasks: readonly KnownTask[]): Program<Command> => [
  { title: 'Tasks', commands: tasks.map(taskCommand) },
  ...builtInGroups,
]

/** The program with the tasks of this release. */
export const program = programOf(shippedTasks)

/** A command that is no task, by its name; the one that nobody types is among them. */
export function builtIn(name: string): Command | undefined {
  return [...flat(builtInGroups), complete].find((each) => each.name === name)
}
