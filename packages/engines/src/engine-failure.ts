import { JobFailure } from '@pdf-smaller/contracts'

/** An engine ended by itself, by an exit code or a signal, for no reason that lies in this machine. */
export class EngineFailure extends JobFailure {
  /** What it was told to do; the names of files are among it. */
  readonly args: readonly string[]
  /** Runs it once more. */
  readonly again: () => Promise<unknown>

  constructor(why: string, { args, again }: Pick<EngineFailure, 'args' | 'again'>) {
    super('engine_failed', why)
    this.args = args
    this.again = again
  }
}
