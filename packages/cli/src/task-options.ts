import type { ParseArgsOptionsConfig } from 'node:util'
import type { TaskDescription, ValueSchema } from '@pdf-smaller/client/node'
import { UsageError } from './exit.ts'

type Options = TaskDescription['options']
type Given = string | boolean | (string | boolean)[] | undefined

/** `keepMetadata` is `--keep-metadata` on the command line. */
export const flagOf = (option: string) => option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The flags that a task's options make, for `parseArgs`. */
export function optionFlags({ properties }: Options): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(properties).map(([option, schema]) => [
      flagOf(option),
      { type: schema.type === 'boolean' ? 'boolean' : 'string', multiple: schema.type === 'array' },
    ]),
  )
}

/**
 * The options that were given, with the types that the task wants. Whether it takes the values is for the service to say.
 * @throws UsageError where a text cannot become such a value
 */
export function optionsGiven(
  { properties }: Options,
  given: Readonly<Record<string, Given>>,
): Record<string, unknown> {
  const chosen: Record<string, unknown> = {}
  for (const [option, schema] of Object.entries(properties)) {
    const value = given[flagOf(option)]
    if (value === undefined) continue
    chosen[option] = Array.isArray(value)
      ? value
          .flatMap((text) => String(text).split(','))
          .map((text) => valueFrom(option, text, schema.items ?? {}))
      : valueFrom(option, value, schema)
  }
  return chosen
}

function valueFrom(option: string, given: string | boolean, schema: ValueSchema): unknown {
  if (typeof given === 'boolean') return given
  const value = valueIn(given, schema)
  if (value === undefined)
    throw new UsageError(`--${flagOf(option)} takes ${valuesOf(schema)}, not "${given}"`)
  return value
}

/** The value that a text stands for; undefined where the schema has no such value. */
function valueIn(text: string, schema: ValueSchema): unknown {
  if (schema.anyOf) return schema.anyOf.map((one) => valueIn(text, one)).find((value) => value !== undefined)
  const fixed = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  if (fixed) return fixed.find((value) => String(value) === text)
  if (schema.type === 'integer' || schema.type === 'number') {
    const number = text.trim() === '' ? NaN : Number(text)
    return Number.isNaN(number) ? undefined : number
  }
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
  return text
}

/** What values an option takes, for people. */
function valuesOf({ anyOf, enum: values, const: value, type, items, minimum, maximum }: ValueSchema): string {
  if (anyOf) return anyOf.map(valuesOf).join(' or ')
  if (values) return values.join('|')
  if (value !== undefined) return JSON.stringify(value)
  if (type === 'array') return `${valuesOf(items ?? {})},…`
  if (type === 'integer' || type === 'number') return numbersOf(minimum, maximum) ?? type
  return type ?? 'value'
}

/** A bound that is the largest number there is says nothing. */
function numbersOf(least: number | undefined, most: number | undefined): string | undefined {
  const [minimum, maximum] = [least, most].map((bound) =>
    bound !== undefined && Number.isSafeInteger(Math.abs(bound) + 1) ? bound : undefined,
  )
  if (minimum === undefined) return maximum === undefined ? undefined : `up-to-${maximum}`
  return maximum === undefined ? `${minimum}-or-more` : `${minimum}-${maximum}`
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** A line for each option of a task: its flag, its values, what it is for, and its default. */
export function optionHelp({ properties }: Options): string[] {
  return Object.entries(properties).map(([option, schema]) => {
    const flag =
      schema.type === 'boolean' ? `--[no-]${flagOf(option)}` : `--${flagOf(option)} ${valuesOf(schema)}`
    const usual = schema.default === undefined ? '' : `(${shown(schema.default)} by default)`
    return [`  ${flag.padEnd(38)}`, schema.description, usual].filter(Boolean).join(' ')
  })
}
