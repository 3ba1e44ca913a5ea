import { type Dictionary, isDictionary, type PdfObjects } from '../pdf-objects.ts'
import { type Named, type ResourceKind, resourceKinds } from './named.ts'

/** Takes note of what is used of dictionaries of resources. */
export type Uses = {
  /** A dictionary is used by more than contents: it keeps all its entries if it is one of resources. */
  meet: (dictionary: Dictionary) => void
  /** Contents with such resources name these; undefined where it is not known what they name. */
  add: (resources: unknown, named: Named | undefined) => void
  /** What is used since it was last asked for. */
  takeFound: () => unknown[]
  partOf: (dictionary: Dictionary) => Dictionary
}

/** The dictionary of the resources of one kind, what of it is used, and whether that is all. */
type Known = { kinds: Set<ResourceKind>; names: Set<string>; isWhole: boolean }

/** Names that are not found among the own resources of what names them; with more, all resources count as used. */
const mostMissing = 1000
/** Device colours stand for these (ISO 32000-1, 8.6.5.6), which nothing names. */
const defaultSpaces = ['/DefaultGray', '/DefaultRGB', '/DefaultCMYK']

export function openUses(objects: PdfObjects): Uses {
  const met = new Set<Dictionary>()
  const resourcesKnown = new Set<Dictionary>()
  const known = new Map<Dictionary, Known>()
  const missing = new Map<ResourceKind, Set<string>>(resourceKinds.map((kind) => [kind, new Set()]))
  let isAllUsed = false
  let found: unknown[] = []

  const use = (entries: Dictionary, { names, isWhole }: Known, name: string) => {
    if (isWhole || names.has(name) || !Object.hasOwn(entries, name)) return
    names.add(name)
    found.push(entries[name])
  }
  const useAll = (entries: Dictionary, state: Known) => {
    if (state.isWhole) return
    state.isWhole = true
    found = found.concat(Object.values(entries))
  }
  const useEverything = () => {
    isAllUsed = true
    for (const [entries, state] of known) useAll(entries, state)
  }
  /** What contents without resources of their own name, or name in vain, may be meant of any others. */
  const useAnywhere = (kind: ResourceKind, name: string) => {
    const names = missing.get(kind)
    if (!names || names.has(name)) return
    names.add(name)
    if (names.size > mostMissing) return useEverything()
    for (const [entries, state] of known) if (state.kinds.has(kind)) use(entries, state, name)
  }
  const stateOf = (entries: Dictionary, kind: ResourceKind): Known => {
    const state = known.get(entries) ?? { kinds: new Set(), names: new Set(), isWhole: false }
    known.set(entries, state)
    if (state.kinds.has(kind)) return state
    state.kinds.add(kind)
    if (kind === '/ColorSpace') for (const name of defaultSpaces) use(entries, state, name)
    for (const name of missing.get(kind) ?? []) use(entries, state, name)
    if (isAllUsed || met.has(entries)) useAll(entries, state)
    return state
  }

  return {
    meet: (dictionary) => {
      met.add(dictionary)
      const state = known.get(dictionary)
      if (state) useAll(dictionary, state)
      if (resourcesKnown.has(dictionary))
        for (const kind of resourceKinds) {
          const entries = objects.resolve(dictionary[kind])
          if (isDictionary(entries)) useAll(entries, stateOf(entries, kind))
        }
      for (const key of ['/ColorSpace', '/CS']) {
        const space = dictionary[key]
        if (typeof space === 'string' && space.startsWith('/')) useAnywhere('/ColorSpace', space)
      }
    },
    add: (resources, named) => {
      const own = isDictionary(resources) ? resources : undefined
      if (own) resourcesKnown.add(own)
      if (!own && !named) return useEverything()
      for (const kind of resourceKinds) {
        const entries = objects.resolve(own?.[kind])
        const state = isDictionary(entries) ? stateOf(entries, kind) : undefined
        if (isDictionary(entries) && state && (!named || (own && met.has(own)))) useAll(entries, state)
        for (const name of named?.get(kind) ?? [])
          if (isDictionary(entries) && state && Object.hasOwn(entries, name)) use(entries, state, name)
          else useAnywhere(kind, name)
      }
    },
    takeFound: () => {
      const taken = found
      found = []
      return taken
    },
    partOf: (dictionary) => {
      if (met.has(dictionary)) return dictionary
      if (resourcesKnown.has(dictionary)) return onlyKinds(dictionary)
      const state = known.get(dictionary)
      return !state || state.isWhole ? dictionary : onlyNamed(dictionary, state.names)
    },
  }
}

/** Resources of kinds that there are not cannot be named. */
const onlyKinds = (resources: Dictionary): Dictionary =>
  Object.fromEntries(
    [...resourceKinds, '/ProcSet'].flatMap((kind) =>
      resources[kind] === undefined ? [] : [[kind, resources[kind]]],
    ),
  )

const onlyNamed = (entries: Dictionary, names: ReadonlySet<string>): Dictionary =>
  Object.fromEntries(Array.from(names, (name) => [name, entries[name]]))
