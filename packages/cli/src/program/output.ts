import { exitCodes, UsageError } from './exit.ts'
import type { Session } from './session.ts'

type Form = { json: boolean; quiet?: boolean; verbose?: boolean }

export type Output = Pick<Session, 'tell' | 'print' | 'note' | 'complain' | 'reading'> & {
  /** The form that is asked for, once that is known. */
  set: (form: Form) => void
  /** Tells why the command ends before its time. @returns the exit code */
  end: (error: unknown) => Promise<number>
  /** Whether whoever read the results has stopped, as in `pdf-smaller jobs | head -3`. */
  readerIsGone: () => boolean
  /** Resolves when all results are written, with why they could not be, such as a full disk. */
  failure: () => Promise<Error | undefined>
}

type Streams = { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream; signal: AbortSignal }

/** Writes what a command tells: results to stdout, all else to stderr. */
export function openOutput({ stdout, stderr, signal }: Streams, asked: Form): Output {
  let form = asked
  let failure: Error | undefined
  const ended = new AbortController()
  const isGone = () => failure !== undefined && 'code' in failure && failure.code === 'EPIPE'
  stdout.once('error', (error) => {
    failure = error
    ended.abort(error)
    if (!isGone()) stderr.write(`pdf-smaller: the results cannot be written: ${error.message}\n`)
  })
  const print = (line: string) => {
    if (failure === undefined) stdout.write(`${line}\n`)
  }
  return {
    set: (now) => (form = now),
    print,
    tell: ({ json, lines, word }) => {
      if (form.json) print(JSON.stringify(json))
      else if (!form.quiet) for (const line of lines()) print(line)
      else if (word !== undefined) print(word)
    },
    note: (line) => void (form.quiet || stderr.write(`${line}\n`)),
    complain: (line) => void stderr.write(`${line}\n`),
    reading: AbortSignal.any([signal, ended.signal]),
    readerIsGone: isGone,
    failure: async () => {
      if (failure === undefined)
        await new Promise<void>((resolve) => stdout.write('', () => setImmediate(resolve)))
      return isGone() ? undefined : failure
    },
    end: async (error) => {
      const { code, message, exitCode } = signal.aborted ? interrupted : await endOf(error, form)
      if (failure === undefined || signal.aborted)
        stderr.write(
          form.json ? `${JSON.stringify({ code, message, exitCode })}\n` : `pdf-smaller: ${message}\n`,
        )
      return exitCode
    },
  }
}

const interrupted = { code: 'interrupted', message: 'interrupted', exitCode: exitCodes.interrupted }

/** What is wrong with a command line is told at once, without all that is known of other failures. */
async function endOf(error: unknown, { verbose = false }: Form) {
  if (error instanceof UsageError) return { code: 'usage', message: error.message, exitCode: exitCodes.usage }
  return (await import('./told.ts')).endOf(error, verbose)
}
