import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { UsageError } from './exit.ts'

/** The flags that every command knows. */
export const commonFlags = {
  server: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig

/**
 * Splits a command's arguments into flags and the rest.
 * @throws UsageError
 */
export function readFlags<O extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: O,
) {
  try {
    const all: typeof commonFlags & O = { ...commonFlags, ...options }
    return parseArgs({ args: [...args], options: all, allowPositionals: true, allowNegative: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const unknown = /^Unknown option '(?:-\w, )?([^']+)'/.exec(message)?.[1]
    throw new UsageError(
      unknown
        ? `${command} has no option ${unknown}; see: pdf-smaller ${command} --help`
        : message.replace(/\.?$/, `; see: pdf-smaller ${command} --help`),
      { cause: error },
    )
  }
}

/** The value of `--server` among arguments whose other flags are not known yet. */
export function serverNamed(args: readonly string[]): string | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: commonFlags,
    strict: false,
    allowPositionals: true,
  })
  return typeof values.server === 'string' ? values.server : undefined
}
