import type { ValueSchema } from '@pdf-smaller/client/node'
import { flagOf } from '../program/arguments.ts'
import { type Option, type Options, refuse, type Stated } from '../program/options.ts'
import type { KnownTask } from './catalogue.ts'
import { bytesIn } from './size.ts'

/** The options of a task as options of a command. */
export function taskOptions({ properties }: KnownTask['options']): Options {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, optionFrom(name, schema)]),
  )
}

/** Those of a task's options that were given, with the values that the task wants. */
export function optionsGiven(
  { properties }: KnownTask['options'],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = Object.keys(properties).filter((name) => values[name] !== undefined)
  return Object.fromEntries(given.map((name) => [name, values[name]]))
}

function optionFrom(name: string, schema: ValueSchema): Option {
  const { description: about = '', type, default: usual } = schema
  const shown = { about, ...(usual === undefined ? {} : { usual: shownValue(usual) }) }
  if (type === 'boolean')
    return { ...shown, negatable: true, read: (stated) => (typeof stated === 'boolean' ? stated : undefined) }
  const unit = unitOf(name)
  const read = unit ? (text: string) => sizeIn(text, unit, schema) : (text: string) => valueIn(text, schema)
  const value = unit ? 'SIZE' : valuesOf(schema)
  const choices = choicesOf(schema)
  return {
    ...shown,
    value,
    several: type === 'array' ? true : undefined,
    ...(choices && { choices }),
    read: (stated) => valueOf(stated, name, type === 'array', read, unit ? 'a size such as 2MB' : value),
  } as Option
}

/** What one of an option that counts bytes stands for: `targetBytes`, `megabytes`. */
function unitOf(name: string): number | undefined {
  if (/megabytes$/i.test(name)) return 1_000_000
  return /bytes$/i.test(name) ? 1 : undefined
}

function valueOf(
  stated: Stated,
  name: string,
  isList: boolean,
  read: (text: string) => unknown,
  takes: string,
): unknown {
  if (typeof stated !== 'object') return undefined
  const texts = isList ? stated.flatMap((text) => text.split(',')) : stated.slice(-1)
  const values = texts.map((text) => read(text) ?? refuse(flagOf(name), takes, text))
  return isList ? values : values[0]
}

/** A size in the unit of the option: `2MB`, or a plain number of it. */
function sizeIn(text: string, unit: number, schema: ValueSchema): unknown {
  const bytes = bytesIn(text)
  return valueIn(bytes === undefined ? text : String(bytes / unit), schema)
}

/** The value that a text stands for; undefined where the schema has no such value. */
function valueIn(text: string, schema: ValueSchema): unknown {
  const { anyOf, items, type, minimum = -Infinity, maximum = Infinity } = schema
  if (items) return valueIn(text, items)
  if (anyOf) return anyOf.map((one) => valueIn(text, one)).find((value) => value !== undefined)
  const fixed = fixedValues(schema)
  if (fixed) return fixed.find((value) => String(value) === text)
  if (type === 'integer' || type === 'number') {
    const number = text.trim() === '' ? NaN : Number(text)
    const whole = type === 'number' || Number.isInteger(number)
    return whole && number >= minimum && number <= maximum ? number : undefined
  }
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
  return text
}

const fixedValues = ({ enum: values, const: value }: ValueSchema) =>
  values ?? (value === undefined ? undefined : [value])

/** The words that an option can have, for completion. */
function choicesOf(schema: ValueSchema): readonly string[] | undefined {
  const all = (schema.anyOf ?? [schema.items ?? schema]).flatMap((one) => fixedValues(one) ?? [])
  return all.length > 0 ? all.map(String) : undefined
}

/** What values an option takes, for people. */
function valuesOf(schema: ValueSchema): string {
  const { anyOf, type, items, minimum, maximum } = schema
  if (anyOf) return anyOf.map(valuesOf).join('|')
  const fixed = fixedValues(schema)
  if (fixed) return fixed.join('|')
  if (type === 'array') return `${valuesOf(items ?? {})},…`
  if (type === 'integer' || type === 'number') return numbersOf(minimum, maximum) ?? 'NUMBER'
  return 'TEXT'
}

/** A bound that is the largest number there is says nothing. */
function numbersOf(least: number | undefined, most: number | undefined): string | undefined {
  const [minimum, maximum] = [least, most].map((bound) =>
    bound !== undefined && Number.isSafeInteger(Math.abs(bound) + 1) ? bound : undefined,
  )
  if (minimum === undefined) return maximum === undefined ? undefined : `up-to-${maximum}`
  return maximum === undefined ? `${minimum}-or-more` : `${minimum}-${maximum}`
}

const shownValue = (value: unknown) =>
  Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : JSON.stringify(value)
