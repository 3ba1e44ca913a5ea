import { isReference, type PdfObjects } from './pdf-objects.ts'

/** The keys and values of a name tree or number tree (ISO 32000-1, 7.9.6, 7.9.7), in their order; each node once. */
export function* treeEntries(
  objects: PdfObjects,
  root: unknown,
  kind: '/Names' | '/Nums',
): Generator<[key: unknown, value: unknown]> {
  const seen = new Set<unknown>()
  const waiting = [root]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (isReference(node) && seen.has(node)) continue
    seen.add(node)
    const dictionary = objects.dictionary(node)
    const pairs = objects.array(dictionary[kind])
    for (let at = 0; at + 1 < pairs.length; at += 2) yield [objects.resolve(pairs[at]), pairs[at + 1]]
    waiting.push(...objects.array(dictionary['/Kids']).toReversed())
  }
}
