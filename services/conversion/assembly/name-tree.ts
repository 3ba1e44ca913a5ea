import { stringBytes } from '@pdf-smaller/pdf'

/** A name tree in one node, its names in order of their bytes (ISO 32000-1, 7.9.6); undefined when there are none. */
export function nameTree(entries: ReadonlyMap<string, unknown>): object | undefined {
  if (entries.size === 0) return undefined
  const keyed = [...entries].map((entry) => ({ entry, key: stringBytes(entry[0]) ?? Buffer.alloc(0) }))
  const sorted = keyed.sort((one, other) => Buffer.compare(one.key, other.key))
  return { '/Names': sorted.flatMap(({ entry }) => entry) }
}
