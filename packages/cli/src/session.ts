import type { Client } from '@pdf-smaller/client/node'

/** What a command works with. */
export type Session = {
  /** Results go here, one call for each line. */
  print: (line: string) => void
  /** Progress goes here. */
  screen: NodeJS.WriteStream
  /** Aborts on Ctrl-C. */
  signal: AbortSignal
  /** The service to use: the one named, else the one that runs here. */
  connect: (server: string | undefined) => Promise<Client>
  /** The same, else one of this command's own; of use to commands that need no earlier jobs. */
  connectOrStart: (server: string | undefined) => Promise<Client>
}

/** A command: takes its arguments, gives the exit code. */
export type Command = (args: readonly string[], session: Session) => Promise<number>
