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
  const seen: Seen = { lists: new Map(), referred: new Map(), candidates: new Map(), above: new Map() }
  const { lists, referred, candidates, above } = seen
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
    found: () => foundIn(seen),
  }
}

/** Lists as they stand in objects, in place or by a reference; objects that may be such lists; and where to look further. */
type Seen = {
  lists: Map<number, NameList>
  referred: Map<number, number>
  candidates: Map<number, string>
  above: Map<number, number>
}

function listOf(owner: number, { lists, referred, candidates, above }: Seen): NameList | undefined {
  let at: number | undefined = owner
  for (let depth = 0; at !== undefined && depth < deepestTree; depth++) {
    const its: NameList | undefined = lists.get(at) ?? listAt(referred.get(at), candidates)
    if (its) return its
    at = above.get(at)
  }
  return undefined
}

function listAt(number: number | undefined, candidates: ReadonlyMap<number, string>): NameList | undefined {
  const text = number === undefined ? undefined : candidates.get(number)
  return text === undefined ? undefined : listIn(text)
}

function foundIn(seen: Seen): FoundLists {
  const byName = new Map<string, Set<number>>()
  const named = new Set<number>()
  const referred = [...seen.referred.values()].map((each) => listAt(each, seen.candidates))
  for (const list of [...seen.lists.values(), ...referred])
    for (const [name, number] of list ?? []) {
      named.add(number)
      byName.set(name, (byName.get(name) ?? new Set()).add(number))
    }
  const known = new Map<number, NameList | undefined>()
  const knownOf = (owner: number) => {
    if (!known.has(owner)) known.set(owner, listOf(owner, seen))
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
}
