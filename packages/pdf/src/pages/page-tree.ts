import type { PdfObjects } from '../objects/pdf-objects.ts'
import { walk } from '../objects/walk.ts'

/**
 * What a page has, or inherits from the nodes above it (ISO 32000-1, 7.7.3.4).
 * @throws JobFailure damaged_pdf where there are too many nodes above it
 */
export const inherited = (objects: PdfObjects, page: string, key: string): unknown =>
  fromAbove(objects, page, key, 'page tree')

/** What a node of a tree has, or the first of those above it that has it; undefined when none does. */
export function fromAbove(objects: PdfObjects, node: unknown, key: string, of: string): unknown {
  const parentOf = (each: unknown) => [objects.dictionary(each)['/Parent']]
  for (const each of walk([node], parentOf, { of, isTree: true })) {
    const value = objects.dictionary(each)[key]
    if (value !== undefined) return value
  }
  return undefined
}

/** The numbers of a box of a page, inherited ones included; empty when it has none. */
export const boxOf = (objects: PdfObjects, page: string, key: string): number[] =>
  objects.array(inherited(objects, page, key)).map(objects.number)
