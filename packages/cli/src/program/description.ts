import type { Options } from './options.ts'

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

/** What a command is, as help, completion, the manual and the reading of its arguments know it. */
export type Description<O extends Options = Options> = {
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
}

/** All that a program can do, in groups under titles. */
export type Program<C extends Description = Description> = readonly {
  title: string
  commands: readonly C[]
}[]

/** All commands of a program. */
export const flat = <C extends Description>(program: Program<C>): readonly C[] =>
  program.flatMap(({ commands }) => commands)

/** The argument of commands that work on one job. */
export const jobArgument: Argument = { name: 'ID', about: 'the id of the job' }

/** The argument of commands that work on jobs one by one. */
export const jobsArgument: Argument = { name: 'ID', about: 'the ids of the jobs', several: true }
