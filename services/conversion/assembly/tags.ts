import {
  type Dictionary,
  isDictionary,
  isReference,
  type PdfObjects,
  treeEntries,
  walk,
} from '@pdf-smaller/pdf'

/** The structure of a tagged document (ISO 32000-1, 14.7). */
export type Tags = {
  root: Dictionary
  rootReference: string
  /** The elements directly below the root. */
  tops: string[]
  parents: ReadonlyMap<string, string>
  /** The elements with contents on a page, by its index from 0. */
  elementsOn: ReadonlyMap<number, ReadonlySet<string>>
  /** The elements that have a name of their own. */
  ids: ReadonlyMap<unknown, string>
  /** What the numbers in StructParent and StructParents stand for. */
  parentTree: ReadonlyMap<number, unknown>
}

/** Reads the structure, each element once; undefined when there is none. */
export function tagsOf(objects: PdfObjects, pageIndex: ReadonlyMap<string, number>): Tags | undefined {
  const rootReference = objects.dictionary(objects.trailer['/Root'])['/StructTreeRoot']
  const root = objects.dictionary(rootReference)
  if (!isReference(rootReference) || root['/K'] === undefined) return undefined
  const parents = new Map<string, string>()
  const elementsOn = new Map<number, Set<string>>()
  const ids = new Map<unknown, string>()
  const elementsBelow = (above: string): string[] => {
    const kids = kidsOf(objects, objects.dictionary(above))
    const elements = kids.filter(isReference).filter((kid) => isElement(objects.dictionary(kid)))
    for (const element of elements) if (!parents.has(element)) parents.set(element, above)
    return elements
  }
  const tops = elementsBelow(rootReference)
  for (const element of walk(tops, elementsBelow, { of: 'tags', isTree: true })) {
    const dictionary = objects.dictionary(element)
    if (dictionary['/ID'] !== undefined) ids.set(objects.resolve(dictionary['/ID']), element)
    for (const kid of kidsOf(objects, dictionary)) {
      const content = objects.resolve(kid)
      if (isReference(kid) && isElement(content)) continue
      const page = pageIndex.get(String(pageOfContent(content, dictionary)))
      if (page === undefined) continue
      const there = elementsOn.get(page) ?? new Set()
      elementsOn.set(page, there.add(element))
    }
  }
  return { root, rootReference, tops, parents, elementsOn, ids, parentTree: parentTreeOf(objects, root) }
}

function parentTreeOf(objects: PdfObjects, root: Dictionary): Map<number, unknown> {
  const entries = new Map<number, unknown>()
  for (const [key, value] of treeEntries(objects, root['/ParentTree'], '/Nums'))
    if (typeof key === 'number') entries.set(key, value)
  return entries
}

/** What an element has below it: elements, and contents as numbers or dictionaries. */
export function kidsOf(objects: PdfObjects, { '/K': kids }: Dictionary): unknown[] {
  const resolved = objects.resolve(kids)
  if (Array.isArray(resolved)) return resolved
  return kids === undefined ? [] : [kids]
}

/** Contents, too, are dictionaries, but those have no structure type. */
const isElement = (value: unknown): value is Dictionary => isDictionary(value) && value['/S'] !== undefined

/** The page of marked contents or of an annotation: their own, or that of the element. */
export const pageOfContent = (content: unknown, element: Dictionary): unknown =>
  (isDictionary(content) ? content['/Pg'] : undefined) ?? element['/Pg']

/** The elements that contents of the pages belong to, and all above those. */
export function elementsFor({ elementsOn, parents }: Tags, pages: readonly number[]): Set<string> {
  const kept = new Set<string>()
  for (const page of pages) {
    for (let element of elementsOn.get(page - 1) ?? []) {
      for (let next: string | undefined = element; next && !kept.has(next); next = parents.get(next))
        kept.add(next)
    }
  }
  return kept
}
