import type { PdfObjects } from './pdf-objects.ts'

/** Page trees are not deeper, unless they go in circles. */
const mostLevels = 64

/** What a page has, or inherits from the nodes above it (ISO 32000-1, 7.7.3.4). */
export function inherited(objects: PdfObjects, page: string, key: string): unknown {
  let node = objects.dictionary(page)
  for (let level = 0; level < mostLevels; level++) {
    if (node[key] !== undefined) return node[key]
    if (node['/Parent'] === undefined) return undefined
    node = objects.dictionary(node['/Parent'])
  }
  return undefined
}

/** The numbers of a box of a page, inherited ones included; empty when it has none. */
export const boxOf = (objects: PdfObjects, page: string, key: string): number[] =>
  objects.array(inherited(objects, page, key)).map(objects.number)
