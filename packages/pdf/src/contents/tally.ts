import type { Dictionary } from '../objects/pdf-objects.ts'
import { type ResourceKind, resourceKinds } from './named.ts'

/** The dictionary of the resources of one kind, what of it is used, and whether that is all. */
export type Known = { kinds: Set<ResourceKind>; names: Set<string>; isWhole: boolean }

/** Names that are not found among the own resources of what names them; with more, all resources count as used. */
const mostMissing = 1000
/** Device colours stand for these (ISO 32000-1, 8.6.5.6), which nothing names. */
const defaultSpaces = ['/DefaultGray', '/DefaultRGB', '/DefaultCMYK']

export type Tally = {
  known: ReadonlyMap<Dictionary, Known>
  stateOf: (entries: Dictionary, kind: ResourceKind) => Known
  use: (entries: Dictionary, state: Known, name: string) => void
  useAll: (entries: Dictionary, state: Known) => void
  useEverything: () => void
  useAnywhere: (kind: ResourceKind, name: string) => void
  /** What is used since it was last asked for. */
  takeFound: () => unknown[]
}

/**
 * Counts the entries that are used of dictionaries with resources of one kind.
 * @param isMet whether more than contents uses a dictionary
 */
export function openTally(isMet: (entries: Dictionary) => boolean): Tally {
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
    if (isAllUsed || isMet(entries)) useAll(entries, state)
    return state
  }

  const takeFound = () => {
    const taken = found
    found = []
    return taken
  }
  return { known, stateOf, use, useAll, useEverything, useAnywhere, takeFound }
}
