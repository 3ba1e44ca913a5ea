import type { PdfObjects } from './pdf-objects.ts'
import { walk } from './walk.ts'

/**
 * The keys and values of a name tree or number tree (ISO 32000-1, 7.9.6, 7.9.7), in their order.
 * @throws JobFailure damaged_pdf where it is too deep
 */
export function* treeEntries(
  objects: PdfObjects,
  root: unknown,
  kind: '/Names' | '/Nums',
): Generator<[key: unknown, value: unknown]> {
  const kidsOf = (node: unknown) => objects.array(objects.dictionary(node)['/Kids'])
  for (const node of walk([root], kidsOf, { of: 'tree of names', isTree: true })) {
    const pairs = objects.array(objects.dictionary(node)[kind])
    for (let at = 0; at + 1 < pairs.length; at += 2) yield [objects.resolve(pairs[at]), pairs[at + 1]]
  }
}
