import { ProblemError, unknownAnswer, UnreachableError } from '@pdf-smaller/client/node'
import { failures } from '@pdf-smaller/contracts'
import { exitCodes, NoServiceError, UsageError } from './exit.ts'
import { adviceOf, titleOf } from './advice.ts'
import { flagOf } from './arguments.ts'

/** How a command ends that has failed. */
export type End = {
  /** Stable; what a script may switch on. */
  code: string
  message: string
  exitCode: number
}

/** An error as the command ends with it. @param verbose with what it came from, and what finds it in the service's logs */
export function endOf(error: unknown, verbose = false): End {
  const message = messageOf(error)
  if (error instanceof UsageError) return { code: 'usage', message, exitCode: exitCodes.usage }
  if (error instanceof UnreachableError || error instanceof NoServiceError)
    return { code: 'unreachable', message, exitCode: exitCodes.unreachable }
  if (!(error instanceof ProblemError))
    return { code: codeOf(error), message: withCause(message, error, verbose), exitCode: exitCodes.failed }
  const { code, detail, traceId } = error
  const exitCode = code === unknownAnswer ? exitCodes.unreachable : exitCodes.failed
  const trace = verbose && traceId ? ` (trace ${traceId})` : ''
  return { code, message: `${code}: ${inOwnTerms(code, detail)}${trace}`, exitCode }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** The code of an error of the system, such as ENOSPC. */
const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed'

function withCause(message: string, error: unknown, verbose: boolean): string {
  return verbose && error instanceof Error && error.stack ? `${message}\n${error.stack}` : message
}

/**
 * What the service says of a failure, in the terms of the command line: options by their flags, and what to do as
 * somebody can who types commands.
 */
export function inOwnTerms(code: string, message: string): string {
  const row = Object.entries(failures).find(([name]) => name === code)?.[1]
  const advice = Object.entries(adviceOf).find(([name]) => name === code)?.[1]
  const title = Object.entries(titleOf).find(([name]) => name === code)?.[1]
  const fixed =
    row && advice && message.endsWith(row.fix) ? message.slice(0, -row.fix.length) + advice : message
  const said = row && title && fixed.startsWith(row.title) ? title + fixed.slice(row.title.length) : fixed
  return said.replaceAll(/(?<!\w)\/?options\/(\w+)(?:\/\d+)*/g, (_, option: string) => `--${flagOf(option)}`)
}
