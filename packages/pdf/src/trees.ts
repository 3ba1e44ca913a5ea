import type { PdfObjects } from './pdf-objects.ts'

/** Trees are not deeper, unless they go in circles. */
const mostLevels = 32

/** The keys and values of a name tree or number tree (ISO 32000-1, 7.9.6, 7.9.7), in their order. */
export function* treeEntries(
  objects: PdfObjects,
  node: unknown,
  kind: '/Names' | '/Nums',
  level = 0,
): Generator<[key: unknown, value: unknown]> {
  if (level > mostLevels) return
  const dictionary = objects.dictionary(node)
  const pairs = objects.array(dictionary[kind])
  for (let at = 0; at + 1 < pairs.length; at += 2) yield [objects.resolve(pairs[at]), pairs[at + 1]]
  for (const kid of objects.array(dictionary['/Kids'])) yield* treeEntries(objects, kid, kind, level + 1)
}
