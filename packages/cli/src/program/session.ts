import type { Readable } from 'node:stream'
import type { Client } from '@pdf-smaller/client/node'
import type { Paint } from '../screen/paint.ts'
import type { Environment } from '../server/environment.ts'
import type { Program } from './description.ts'

/** Something that a command found out or did, in the three forms that it can be asked for. */
export type Told = {
  /** With `--json`: a value for one line. */
  json: unknown
  /** For people. */
  lines: () => readonly string[]
  /** With `--quiet`: what a script goes on with, mostly an id; nothing where there is none. */
  word?: string | undefined
}

/** What a command works with. */
export type Session = {
  /** All commands, those of the tasks too. */
  program: Program
  environment: Environment
  /** What `-` reads. */
  input: Readable
  /** What `-` writes; results, too. */
  results: NodeJS.WriteStream
  /** Progress goes here, where it is a terminal. */
  screen: NodeJS.WriteStream
  json: boolean
  quiet: boolean
  verbose: boolean
  /** A result, in the form that is asked for. */
  tell: (told: Told) => void
  /** A result that is the same in all forms, such as a help text. */
  print: (line: string) => void
  /** A remark for people, aside; not with `--quiet`. */
  note: (line: string) => void
  /** What did not succeed, aside, where the command goes on. */
  complain: (line: string) => void
  /** Colours of results. */
  paint: Paint
  /** Aborts on Ctrl-C. */
  signal: AbortSignal
  /** Aborts when nobody reads the results any more, too; for commands that do nothing but write. */
  reading: AbortSignal
  /** The service to use: the one named, else the one that runs here. @throws NoServiceError */
  connect: () => Promise<Client>
  /** The same, else one of this command's own; of use to commands that need no earlier jobs. */
  connectOrStart: () => Promise<Client>
  /** The address of the service that would be used; undefined where none runs. */
  address: () => Promise<string | undefined>
}
