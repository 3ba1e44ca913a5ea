import { z } from '../api/parts.ts'

const Limits = { default: z.optional(z.unknown()), description: z.optional(z.string()) }

/** What of a JSON Schema (2020-12) is read: the kinds of options that tasks have. */
const Property = z.object({
  ...Limits,
  type: z.optional(z.string()),
  enum: z.optional(z.array(z.string())),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  pattern: z.optional(z.string()),
  items: z.optional(z.object({ type: z.optional(z.string()), enum: z.optional(z.array(z.string())) })),
  anyOf: z.optional(
    z.array(z.object({ type: z.optional(z.string()), enum: z.optional(z.array(z.string())) })),
  ),
})
type Property = z.output<typeof Property>

const Options = z.object({ properties: z.optional(z.record(z.string(), z.unknown())) })

/** How an option is asked for. */
export type Control =
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'several'; values: readonly string[] }
  | { kind: 'number'; min: number | undefined; max: number | undefined; whole: boolean }
  | { kind: 'flag' }
  | { kind: 'words'; list: boolean }

/** An option of a task, as a form asks for it. */
export type Field = {
  name: string
  control: Control
  /** What counts where nothing is said; undefined where the service decides. */
  fallback: unknown
  /** In the words of the service. */
  help: string | undefined
}

/** The options of a task; what is of no kind that a form can ask for is left out, and has its default. */
export function fieldsOf(schema: unknown): Field[] {
  const { properties = {} } = Options.safeParse(schema).data ?? {}
  return Object.entries(properties).flatMap(([name, given]) => {
    const property = Property.safeParse(given).data
    const control = property && controlOf(property)
    if (!control) return []
    return [{ name, control, fallback: property.default, help: property.description }]
  })
}

function controlOf({ type, enum: values, minimum, maximum, items, anyOf }: Property): Control | undefined {
  if (values) return { kind: 'choice', values }
  const among = anyOf?.find((each) => each.enum !== undefined)?.enum
  if (among) return { kind: 'choice', values: among }
  if (type === 'boolean') return { kind: 'flag' }
  if (type === 'integer' || type === 'number')
    return { kind: 'number', min: minimum, max: safely(maximum), whole: type === 'integer' }
  if (type === 'string') return { kind: 'words', list: false }
  if (type !== 'array') return undefined
  return items?.enum ? { kind: 'several', values: items.enum } : { kind: 'words', list: true }
}

/** A bound that only says that numbers end somewhere is none. */
const safely = (maximum: number | undefined) =>
  maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum

/** What a visitor has said of options, by their names. */
export type Values = Readonly<Record<string, unknown>>

/** The options that are sent: those that differ from what counts anyway. */
export function optionsOf(fields: readonly Field[], values: Values): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, fallback }) => {
      const value = values[name]
      const isSaid = value !== undefined && value !== '' && JSON.stringify(value) !== JSON.stringify(fallback)
      return isSaid ? [[name, value]] : []
    }),
  )
}

/** The value of an option as the form shows it. */
export const valueOf = ({ name, fallback }: Field, values: Values): unknown =>
  name in values ? values[name] : fallback
