import { z } from 'zod'

/** A schema as OpenAPI has it, with what Kubernetes adds. */
export type Schema = { [key: string]: unknown; properties?: Record<string, Schema> | undefined }
export const openSchema: z.ZodType<Schema> = z.looseObject({
  get properties() {
    return z.record(z.string(), openSchema).optional()
  },
})

/** What of a schema says something about a value by itself. */
const plain = [
  'type',
  'enum',
  'required',
  'minimum',
  'maximum',
  'pattern',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
]

const textOrNumber = (number: string) => ({ oneOf: [{ type: 'string' }, { type: number }] })
const special: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': textOrNumber('integer'),
  'io.k8s.apimachinery.pkg.api.resource.Quantity': textOrNumber('number'),
}

/**
 * A JSON Schema that stands alone and refuses fields that the definition does not name, as a server does that validates
 * strictly. What refers to itself may be anything from there on.
 * @param definitions those that are referred to, by name
 */
export function strictSchema(
  schema: Schema,
  definitions: Readonly<Record<string, Schema>>,
  above: readonly string[] = [],
): Schema {
  const within = (each: Schema) => strictSchema(each, definitions, above)
  const reference = z.string().safeParse(schema['$ref']).data?.replace(/^.*\//, '')
  if (reference !== undefined) {
    const target = definitions[reference]
    if (special[reference]) return special[reference]
    return !target || above.includes(reference)
      ? {}
      : strictSchema(target, definitions, [...above, reference])
  }
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string')
    return textOrNumber('integer')
  const strict: Schema = Object.fromEntries(Object.entries(schema).filter(([key]) => plain.includes(key)))
  const { properties } = schema
  if (properties) {
    strict.properties = Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, within(each)]),
    )
    if (schema['x-kubernetes-preserve-unknown-fields'] !== true) strict['additionalProperties'] = false
  }
  for (const key of ['items', 'additionalProperties']) {
    const inner = openSchema.safeParse(schema[key])
    if (inner.success) strict[key] = within(inner.data)
  }
  return strict
}
