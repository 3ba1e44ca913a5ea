import type { Dictionary, PdfObjects } from '../objects/pdf-objects.ts'
import { treeEntries } from '../objects/trees.ts'

/** The explicit form of a destination: a page and how it is shown. */
export type Destination = [page: string, ...view: unknown[]]

export type Destinations = {
  /** The named ones, by the name as it stands in the file. */
  named: ReadonlyMap<string, Destination>
  /** The structure elements that named ones lead to besides (ISO 32000-2, 12.3.2.3), by the name. */
  structures: ReadonlyMap<unknown, unknown>
  /** What a destination comes to; undefined when it leads to no page. */
  explicit: (destination: unknown) => Destination | undefined
  /** Where an outline item, link or action leads within the document; undefined when it leads nowhere there. */
  of: (source: Dictionary) => Destination | undefined
}

/** The destinations of a document (ISO 32000-1, 12.3.2). */
export function destinationsOf(objects: PdfObjects, pages: readonly string[]): Destinations {
  const root = objects.dictionary(objects.trailer['/Root'])
  const known = new Set(pages)
  const inOrder = (value: unknown): Destination | undefined => {
    const resolved = objects.resolve(value)
    const array = Array.isArray(resolved) ? resolved : objects.array(objects.dictionary(resolved)['/D'])
    const [page, ...view] = array.map((each, index) => (index === 0 ? each : objects.resolve(each)))
    const reference = typeof page === 'number' ? pages[page] : page
    return typeof reference === 'string' && known.has(reference) ? [reference, ...view] : undefined
  }
  const named = new Map<string, Destination>()
  const structures = new Map<unknown, unknown>()
  const entries = [
    ...Object.entries(objects.dictionary(root['/Dests'])),
    ...treeEntries(objects, objects.dictionary(root['/Names'])['/Dests'], '/Names'),
  ]
  for (const [name, value] of entries) {
    const destination = inOrder(value)
    if (typeof name !== 'string' || !destination) continue
    named.set(name, destination)
    const { '/SD': structure } = objects.dictionary(value)
    if (structure !== undefined) structures.set(name, structure)
  }
  const explicit = (destination: unknown) => {
    const resolved = objects.resolve(destination)
    return typeof resolved === 'string' ? named.get(resolved) : inOrder(resolved)
  }
  return {
    named,
    structures,
    explicit,
    of: (source) => {
      if (source['/Dest'] !== undefined) return explicit(source['/Dest'])
      const action = objects.dictionary(source['/A'])
      return action['/S'] === '/GoTo' ? explicit(action['/D']) : undefined
    },
  }
}
