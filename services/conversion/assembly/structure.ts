import { type Dictionary, isDictionary, type NewObjects, type PdfObjects } from '@pdf-smaller/pdf'
import type { Extract } from './extracted.ts'
import { nameTree } from './name-tree.ts'
import type { SelectedPart } from './selection.ts'
import type { Part } from './source.ts'

/** One more than the largest number of a part's parent tree. */
export function structNumbers({ source }: Part): number {
  let most = -1
  for (const number of source.tags?.parentTree.keys() ?? []) most = Math.max(most, number)
  return most + 1
}

/**
 * Structure types of a part that have to be called otherwise, as another part means something else by them.
 * @param taken what the types mean so far
 */
export function roleRenaming({ source }: Part, taken: Map<string, unknown>): Map<unknown, string> {
  const { copy } = source.document
  const renamed = new Map<unknown, string>()
  for (const [role, meaning] of Object.entries(copy.dictionary(source.tags?.root['/RoleMap']))) {
    const meant = copy.resolve(meaning)
    let free = role
    for (let number = 2; taken.has(free) && taken.get(free) !== meant; number++) free = `${role}-${number}`
    taken.set(free, meant)
    if (free !== role) renamed.set(role, free)
  }
  return renamed
}

/** Names of elements that have to be others, as an element of another part has them. */
export function idRenaming({ source, selection }: SelectedPart, taken: Set<string>): Map<string, string> {
  const renamed = new Map<string, string>()
  for (const [id, element] of source.tags?.ids ?? []) {
    if (typeof id !== 'string' || !selection.elements.has(element)) continue
    const free = freeId(id, taken)
    taken.add(free)
    if (free !== id) renamed.set(id, free)
  }
  return renamed
}

/** Names are strings of bytes, of which objects hold two digits each. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  let free = id
  for (let number = 2; taken.has(free); number++) free = `${id}${Buffer.from(`_${number}`).toString('hex')}`
  return free
}

/** The attributes of a table's cell that name the cells above and beside it (ISO 32000-1, table 349). */
export function headersRenamed(
  attributes: Dictionary,
  ids: ReadonlyMap<string, string>,
  objects: PdfObjects,
): Dictionary {
  if (ids.size === 0 || attributes['/Headers'] === undefined) return attributes
  const headers = objects.array(attributes['/Headers']).map((each) => String(objects.resolve(each)))
  return { ...attributes, '/Headers': headers.map((id) => ids.get(id) ?? id) }
}

/**
 * Writes the structure of the parts as one.
 * @param top the element over those of the parts, or the root itself when there is one tagged part
 * @returns whether any of the pages is tagged
 */
export function putStructure(
  root: string,
  top: string,
  extracts: readonly Extract[],
  roles: ReadonlyMap<string, unknown>,
  target: NewObjects,
): boolean {
  const kids: unknown[] = []
  const numbers: [number, unknown][] = []
  const ids = new Map<string, unknown>()
  let classes: Dictionary = {}
  for (const { part, copied, structNumbers, renaming } of extracts) {
    const { source, selection } = part
    const { tags, document } = source
    if (!tags) continue
    for (const element of tags.tops) if (selection.elements.has(element)) kids.push(copied(element))
    // What is copied for one number may bring others along, such as those of annotations.
    for (const number of structNumbers) {
      const parent = document.copy.resolve(tags.parentTree.get(number))
      const value = Array.isArray(parent) ? parent : tags.parentTree.get(number)
      if (value !== undefined) numbers.push([number + renaming.structOffset, copied(value)])
    }
    for (const [id, element] of tags.ids)
      if (typeof id === 'string' && selection.elements.has(element))
        ids.set(renaming.ids.get(id) ?? id, copied(element))
    const own = copied(document.copy.resolve(tags.root['/ClassMap']))
    classes = { ...(isDictionary(own) ? own : {}), ...classes }
  }
  if (kids.length === 0) return false
  const sorted = numbers.sort(([one], [other]) => one - other)
  const tree = target.add({ value: { '/Nums': sorted.flatMap(([number, value]) => [number, value]) } })
  if (top !== root)
    target.put(top, { value: { '/Type': '/StructElem', '/S': '/Document', '/P': root, '/K': kids } })
  target.put(root, {
    value: {
      '/Type': '/StructTreeRoot',
      '/K': top === root ? kids : top,
      '/ParentTree': tree,
      '/ParentTreeNextKey': (sorted.at(-1)?.[0] ?? -1) + 1,
      ...(roles.size > 0 ? { '/RoleMap': Object.fromEntries(roles) } : {}),
      ...(ids.size > 0 ? { '/IDTree': nameTree(ids) } : {}),
      ...(Object.keys(classes).length > 0 ? { '/ClassMap': classes } : {}),
    },
  })
  return true
}
