import { type ObjectText, referenceOf } from './objects.ts'
import { isListOfNames, listIn, type NameList } from './written-lists.ts'

/** The names that resources have for fonts, or for images and forms (ISO 32000-1, 7.8.3). */
export type ResourceLists = {
  note: (object: ObjectText) => void
  found: () => FoundLists
}

export type FoundLists = {
  /** What contents of an object mean by a name: in its own resources, or those of the pages above it; elsewhere where these do not tell. */
  meant: (owner: number, name: string) => readonly number[]
  /** All that the resources of an object name. */
  namedBy: (owner: number) => readonly number[]
  /** Whether any resources name it. */
  isNamed: (number: number) => boolean
  /** All that has a name in any resources. */
  everywhere: (name: string) => readonly number[]
}

/** So many objects are remembered. */
const mostObjects = 20_000
const longestList = 100_000
const deepestTree = 32

/** @param key of the resources */
export function openResourceLists(key: 'Font' | 'XObject'): ResourceLists {
  const named = `/${key}`
  const inPlace = new RegExp(`/${key}\\s{0,8}<<([^<>]{0,50000})`)
  /** Lists as they stand in objects, in place or by a reference; and objects that may be such lists. */
  const lists = new Map<number, NameList>()
  const referred = new Map<number, number>()
  const candidates = new Map<number, string>()
  const above = new Map<number, number>()

  const listOf = (owner: number): NameList | undefined => {
    for (
      let [at, depth]: [number | undefined, number] = [owner, 0];
      at !== undefined && depth < deepestTree;
      depth++
    ) {
      const its: NameList | undefined = lists.get(at) ?? listAt(referred.get(at))
      if (its) return its
      at = above.get(at)
    }
    return undefined
  }
  const listAt = (number: number | undefined) => {
    const text = number === undefined ? undefined : candidates.get(number)
    return text === undefined ? undefined : listIn(text)
  }
  const noteList = (number: number, text: string) => {
    const list = inPlace.exec(text)?.[1]
    const reference = list === undefined ? referenceOf(text, key) : undefined
    if (list !== undefined) lists.set(number, listIn(list))
    else if (reference !== undefined) referred.set(number, reference)
  }
  return {
    note: ({ number, text }) => {
      if (Math.max(lists.size, referred.size, candidates.size, above.size) > mostObjects) return
      if (text.length < longestList && isListOfNames(text)) candidates.set(number, text)
      if (text.includes(named)) noteList(number, text)
      const resources = text.includes('/Resources') ? referenceOf(text, 'Resources') : undefined
      const next =
        resources ?? (/\/Type\s{0,8}\/Pages?\b/.test(text) ? referenceOf(text, 'Parent') : undefined)
      if (next !== undefined) above.set(number, next)
    },
    found: () => {
      const byName = new Map<string, Set<number>>()
      const named = new Set<number>()
      for (const list of [...lists.values(), ...[...referred.values()].map(listAt)])
        for (const [name, number] of list ?? []) {
          named.add(number)
          byName.set(name, (byName.get(name) ?? new Set()).add(number))
        }
      const known = new Map<number, NameList | undefined>()
      const knownOf = (owner: number) => {
        if (!known.has(owner)) known.set(owner, listOf(owner))
        return known.get(owner)
      }
      const everywhere = (name: string) => [...(byName.get(name) ?? [])]
      return {
        meant: (owner, name) => {
          const own = knownOf(owner)?.get(name)
          return own === undefined ? everywhere(name) : [own]
        },
        namedBy: (owner) => [...(knownOf(owner)?.values() ?? [])],
        isNamed: (number) => named.has(number),
        everywhere,
      }
    },
  }
}
