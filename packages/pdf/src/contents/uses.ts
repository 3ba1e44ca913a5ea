import { type Dictionary, isDictionary, type PdfObjects } from '../objects/pdf-objects.ts'
import { type Named, resourceKinds } from './named.ts'
import { openTally } from './tally.ts'

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

export function openUses(objects: PdfObjects): Uses {
  const met = new Set<Dictionary>()
  const resourcesKnown = new Set<Dictionary>()
  const tally = openTally((entries) => met.has(entries))
  const { known, stateOf, use, useAll, useEverything, useAnywhere, takeFound } = tally
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
    takeFound,
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
