import type { z } from 'zod'

const marked = new WeakSet<z.core.$ZodType>()

/**
 * Marks an enumeration or union of which later releases may give more: whoever reads passes over what he does not know, and
 * no description closes it.
 */
export function growing<S extends z.ZodType>(schema: S): S {
  marked.add(schema)
  return schema
}

export function isGrowing(schema: z.core.$ZodType): boolean {
  return marked.has(schema)
}
