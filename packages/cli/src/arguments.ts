import { type ValueSchema, type TaskDescription } from '@pdf-smaller/client'
import { UsageError } from './usage.ts'

export type Arguments = { command: string; rest: string[]; flags: Map<string, string> }

const withoutValue = new Set(['help', 'force'])
const short: Record<string, string> = { '-o': 'output', '-h': 'help' }

/** Splits a command line into its command, its files and its flags. */
export function parseArguments(given: readonly string[]): Arguments {
  const rest: string[] = []
  const flags = new Map<string, string>()
  const queue = [...given]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next === '--') {
      rest.push(...queue.splice(0))
      break
    }
    const long = next.startsWith('--') ? next.slice(2) : short[next]
    if (long === undefined) {
      if (next.startsWith('-') && next !== '-') throw new UsageError(`there is no flag ${next}`)
      rest.push(next)
      continue
    }
    const [name = '', ...inline] = long.split('=')
    const value = withoutValue.has(name) ? 'true' : inline.length > 0 ? inline.join('=') : queue.shift()
    if (value === undefined) throw new UsageError(`--${name} needs a value`)
    flags.set(name, value)
  }
  const [command = '', ...others] = rest
  return { command, rest: others, flags }
}

/** Takes the task's own options out of the flags; what is left over is refused. */
export function taskOptions(
  { name, options }: TaskDescription,
  flags: ReadonlyMap<string, string>,
  known: readonly string[],
): Record<string, unknown> {
  const chosen: Record<string, unknown> = {}
  for (const [flag, text] of flags) {
    if (known.includes(flag)) continue
    const schema = options.properties[flag]
    if (!schema) throw new UsageError(`${name} has no option --${flag}; see: pdf-smaller ${name} --help`)
    chosen[flag] = valueOf(flag, text, schema)
  }
  return chosen
}

function valueOf(flag: string, text: string, { type }: ValueSchema): unknown {
  if (type === 'integer' || type === 'number') {
    const number = Number(text)
    if (text.trim() === '' || Number.isNaN(number)) throw new UsageError(`--${flag} is a number, not ${text}`)
    return number
  }
  if (type === 'boolean') {
    if (text !== 'true' && text !== 'false') throw new UsageError(`--${flag} is true or false, not ${text}`)
    return text === 'true'
  }
  return type === undefined && /^\d+$/.test(text) ? Number(text) : text
}

/** What a task's options are, for people. */
export function describeOptions({ name, title, options }: TaskDescription): string {
  const lines = Object.entries(options.properties).map(([option, schema]) => {
    const values =
      schema.enum?.join('|') ?? [schema.type ?? 'value', rangeOf(schema)].filter(Boolean).join(' ')
    const usual = schema.default === undefined ? '' : ` (${JSON.stringify(schema.default)} by default)`
    return `  --${`${option} ${values}`.padEnd(36)} ${schema.description ?? ''}${usual}`.trimEnd()
  })
  return `${name}: ${title}\n\n${lines.join('\n')}\n`
}

const rangeOf = ({ minimum, maximum }: ValueSchema) =>
  minimum !== undefined && maximum !== undefined ? `${minimum}-${maximum}` : ''
