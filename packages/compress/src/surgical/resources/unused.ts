import { type Dictionary, isDictionary, isReference, type WorkingCopy } from '@pdf-smaller/pdf'
import type { InspectedDocument } from '../../inspect.ts'
import { replaceDictionaries } from './replace.ts'
import { everyDictionary, namesOf, ownersIn } from './owners.ts'

const kinds = ['/Font', '/XObject', '/ExtGState', '/Pattern', '/Shading', '/Properties', '/ColorSpace']

/** What is named from each dictionary of resources of one kind; undefined where anything may be. */
type Uses = Map<Dictionary, Set<string> | undefined>

/**
 * Drops the resources that no content names, which qpdf does only where it splits files. Where contents cannot be read,
 * or anything else refers to the same resources, they all stay.
 * @returns whether there were any
 */
export async function dropUnusedResources(
  document: InspectedDocument,
  signal: AbortSignal,
): Promise<boolean> {
  const { copy } = document
  const uses = await usesIn(document, signal)
  if (!uses) return false
  const smaller = new Map<Dictionary, Dictionary>()
  for (const [resources, names] of uses) {
    const entries = Object.entries(resources)
    const named = entries.filter(([key]) => !names || names.has(key) || isNamedElsewhere(key))
    if (named.length < entries.length) smaller.set(resources, Object.fromEntries(named))
  }
  if (smaller.size === 0) return false
  replaceDictionaries(copy, (dictionary) => smaller.get(dictionary))
  return true
}

/** Device colours stand for the default spaces (ISO 32000-1, 8.6.5.6). */
const isNamedElsewhere = (key: string) => key.startsWith('/Default')

/** Undefined where contents without resources of their own, which take those of any page, cannot be read. */
async function usesIn(document: InspectedDocument, signal: AbortSignal): Promise<Uses | undefined> {
  const { copy } = document
  const owners = ownersIn(document)
  const uses: Uses = new Map()
  const anywhere = new Set<string>()
  const ownersKnown = new Set(owners.map(({ dictionary }) => dictionary))
  const resourcesKnown = new Set<Dictionary>()
  for (const owner of owners) {
    signal.throwIfAborted()
    const names = await namesOf(owner, copy)
    if (owner.resources === undefined) {
      if (!names) return undefined
      for (const name of names) anywhere.add(name)
      continue
    }
    const resources = copy.dictionary(owner.resources)
    resourcesKnown.add(resources)
    for (const kind of kindsIn(resources, copy)) use(uses, kind, names)
  }
  for (const dictionary of everyDictionary(copy)) {
    // A Type 3 font within another object may take the resources of its page.
    if (dictionary['/Subtype'] === '/Type3' && !ownersKnown.has(dictionary)) return undefined
    const space = dictionary['/ColorSpace']
    if (typeof space === 'string' && !isReference(space)) anywhere.add(space)
    const holds = ownersKnown.has(dictionary) || dictionary['/Type'] === '/Pages'
    for (const [key, value] of Object.entries(dictionary)) {
      if ((holds && key === '/Resources') || (resourcesKnown.has(dictionary) && kinds.includes(key))) continue
      for (const each of Array.isArray(value) ? value : [value]) keepWhole(each, uses, copy)
    }
  }
  for (const names of uses.values()) for (const name of anywhere) names?.add(name)
  return uses
}

const kindsIn = (resources: Dictionary, copy: WorkingCopy) =>
  kinds.map((kind) => copy.resolve(resources[kind])).filter(isDictionary)

function use(uses: Uses, kind: Dictionary, names: ReadonlySet<string> | undefined): void {
  const known = uses.has(kind) ? uses.get(kind) : new Set<string>()
  uses.set(kind, names && known && new Set([...known, ...names]))
}

/** What is referred to by more than contents keeps all its entries. */
function keepWhole(value: unknown, uses: Uses, copy: WorkingCopy): void {
  const target = isReference(value) || isDictionary(value) ? copy.resolve(value) : undefined
  if (!isDictionary(target)) return
  for (const kind of [target, ...kindsIn(target, copy)]) if (uses.has(kind)) uses.set(kind, undefined)
}
