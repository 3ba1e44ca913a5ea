import type { Description } from './description.ts'
import type { Options, ValuesOf } from './options.ts'
import type { Session } from './session.ts'

/** What a command was called with. */
export type Given<V> = {
  values: V
  words: readonly string[]
  /** Options that the command has not declared, with what follows them, where it takes such. */
  others?: readonly string[]
}

/** A command as data; `code` loads what it does. */
export type Command<O extends Options = Options> = Description<O> & {
  code(): Promise<{ run(given: Given<ValuesOf<O>>, session: Session): Promise<number> }>
}

/** Declares a command, the types of its options checked against what it does. */
export function defineCommand<O extends Options>(command: Command<O>): Command {
  return command
}
