import { parseArgs } from 'node:util'
import { flagOf, helpOf, valueStated } from './arguments.ts'
import type { Description } from './description.ts'
import { commonOptions } from './common-options.ts'
import { UsageError } from './exit.ts'
import type { Options } from './options.ts'

/** A command line, taken apart as far as that can be done before it is known what the command takes. */
export type CommandLine = {
  /** The name of the command, of one word or two; undefined where there is none. */
  name: string | undefined
  /** All arguments but the name. */
  rest: readonly string[]
  help: boolean
  version: boolean
  server: string | undefined
}

/** Letters whose value follows: what they are followed by is no option. */
const likely: Options = {
  ...commonOptions,
  out: { about: '', value: 'OUT', short: 'o', read: () => undefined },
}

/**
 * Takes a command line apart. Options of every command may stand before its name.
 * @throws UsageError for another option before it, and where there is no command and an option lacks its value
 */
export function commandLine(args: readonly string[], program: readonly Description[]): CommandLine {
  const options = Object.fromEntries(
    Object.entries(likely).map(([name, { value, short }]) => [
      flagOf(name),
      { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short && { short }) },
    ]),
  )
  const { tokens, values } = parseArgs({
    args: [...args],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  const first = tokens.find(({ kind }) => kind === 'positional')
  const before = tokens.filter(({ index }) => first === undefined || index < first.index)
  const server = typeof values['server'] === 'string' ? values['server'] : undefined
  // Not the h of a file that begins with a hyphen: -hut.pdf.
  const help = tokens.some(({ index }) => args[index] === '-h' || args[index] === '--help')
  const asked = { help, server }
  const version = before.some((token) => token.kind === 'option' && token.rawName === '--version')
  if (version) return { name: undefined, rest: [], ...asked, version }
  for (const token of before) {
    if (token.kind !== 'option') continue
    const option = likely[token.name]
    if (!option)
      throw new UsageError(
        `${token.rawName} stands before the command; there only those of every command can: ${helpOf('')}`,
      )
    // Where there is a command, that says so itself.
    if (!first && !help) valueStated(token, option, '')
  }
  if (!first) return { name: undefined, rest: [], ...asked, version }
  const [word = '', second] = args.slice(first.index)
  const isGroup = program.some(({ name }) => name.startsWith(`${word} `))
  const name = isGroup && second !== undefined && !second.startsWith('-') ? `${word} ${second}` : word
  const rest = [...args.slice(0, first.index), ...args.slice(first.index + name.split(' ').length)]
  return { name, rest, ...asked, version }
}
