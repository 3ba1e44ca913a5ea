import { z } from 'zod'

/** One place of a JSON Schema, as far as compatibility looks at it. */
const Node = z.looseObject({
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).default({}),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.looseObject({})).optional(),
  oneOf: z.array(z.looseObject({})).optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
  'x-extensible': z.boolean().optional(),
})
export type Node = z.infer<typeof Node>

/** A place with the document that its references lead into, and what it was read from, which stays the same. */
export type Side = { node: Node; root: Node; source: unknown }

/** Reads a schema, and follows its references. @throws ZodError on what is none; Error where a reference leads nowhere */
export function sideOf(json: unknown, root = Node.parse(json)): Side {
  const node = Node.parse(json === true ? {} : json === false ? { not: {} } : json)
  const { $ref } = node
  if ($ref === undefined) return { node, root, source: json }
  if ($ref === '#') return { node: root, root, source: root }
  const name = /^#\/\$defs\/([^/]+)$/.exec($ref)?.[1]
  if (name === undefined || !(name in root.$defs)) throw new Error(`there is no ${$ref}`)
  return sideOf(root.$defs[name], root)
}

/** Its alternatives, where it has some: those of a union, or of several types. */
export function alternatives({ node, root }: Side): Side[] | undefined {
  const { anyOf, oneOf, type, ...rest } = node
  const parts = anyOf ?? oneOf
  if (parts) return parts.map((part) => sideOf({ ...rest, ...(type ? { type } : {}), ...part }, root))
  return Array.isArray(type) ? type.map((each) => sideOf({ ...rest, type: each }, root)) : undefined
}

/** The values that it is limited to. */
export function valuesOf(node: Node): readonly unknown[] | undefined {
  return 'const' in node ? [node['const']] : node.enum
}

/** What tells the alternatives of a union apart, as `type: pdfsmaller.job.failed.v1`. */
export function kindOf({ properties }: Node): string | undefined {
  const Constant = z.looseObject({ const: z.string() })
  const found = ['type', 'kind', 'task'].flatMap((name) => {
    const { data } = Constant.safeParse(properties[name])
    return data ? [`${name}: ${data.const}`] : []
  })
  return found[0]
}
