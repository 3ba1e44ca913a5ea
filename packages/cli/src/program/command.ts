import type { Options, ValuesOf } from './options.ts'
import type { Session } from './session.ts'

/** A word of a command line that is no option. */
export type Argument = {
  name: string
  about: string
  /** May be left out. */
  optional?: true
  /** May stand there several times; only the last one can. */
  several?: true
  /** It names a file; completion offers them. */
  file?: true
  /** The words that it can be. */
  choices?: readonly string[]
}

/** What a command was called with. */
export type Given<V> = {
  values: V
  words: readonly string[]
  /** Options that the command has not declared, with what follows them, where it takes such. */
  others?: readonly string[]
}

/**
 * A command as data: help, completion, the manual and the reading of its arguments derive from it; `code` loads what it
 * does.
 */
export type Command<O extends Options = Options> = {
  /** `status`; of a group, two words: `keys create` */
  name: string
  /** What it does, in one line. */
  about: string
  /** What else there is to say, each a paragraph. */
  more?: readonly string[]
  arguments: readonly Argument[]
  options: O
  /** It takes other options, too, and looks at them itself. */
  takesOthers?: true
  /** What it writes with `--json`. */
  json?: string
  examples?: readonly (readonly [command: string, about: string])[]
  code(): Promise<{ run(given: Given<ValuesOf<O>>, session: Session): Promise<number> }>
}

/** Declares a command, the types of its options checked against what it does. */
export function defineCommand<O extends Options>(command: Command<O>): Command {
  return command
}

/** Commands that belong together, under a title. */
export type Group = { title: string; commands: readonly Command[] }
export type Program = readonly Group[]

/** All commands of a program. */
export const flat = (program: Program): readonly Command[] => program.flatMap(({ commands }) => commands)

/** The argument of commands that work on one job. */
export const jobArgument: Argument = { name: 'ID', about: 'the id of the job' }

/** The argument of commands that work on jobs one by one. */
export const jobsArgument: Argument = { name: 'ID', about: 'the ids of the jobs', several: true }
