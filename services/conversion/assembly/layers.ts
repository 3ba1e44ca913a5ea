import { isReference, walk } from '@pdf-smaller/pdf'
import type { Extract } from './extracted.ts'

const listed = ['/ON', '/OFF', '/Order', '/RBGroups', '/Locked', '/AS'] as const

/**
 * The layers of the parts, each as visible as it was (ISO 32000-1, 8.11.4); undefined when none has any. Of a part, those
 * that something on its pages stands in.
 */
export function joinedLayers(extracts: readonly Extract[]): object | undefined {
  const groups: unknown[] = []
  const lists = new Map<string, unknown[]>()
  const append = (key: string, values: unknown[]) => lists.set(key, [...(lists.get(key) ?? []), ...values])
  for (const extract of extracts) {
    const { part, copied, cameAlong } = extract
    const { selection } = part
    const { copy } = part.source.document
    const properties = copy.dictionary(copy.dictionary(copy.trailer['/Root'])['/OCProperties'])
    const all = copy.array(properties['/OCGs']).filter(isReference)
    const own = new Set(all.filter((group) => selection.isWhole || cameAlong(group)))
    if (own.size === 0) continue
    for (const group of own) groups.push(copied(group))
    const usual = copy.dictionary(properties['/D'])
    for (const key of listed) {
      const values = copy.array(usual[key])
      append(key, (selection.isWhole ? values : withOnly(own, values, extract)).map(copied))
    }
    // The new document's layers are on where nothing else is said.
    if (copy.resolve(usual['/BaseState']) !== '/OFF') continue
    const on = new Set(copy.array(usual['/ON']))
    append(
      '/OFF',
      Array.from(own)
        .filter((group) => !on.has(group))
        .map(copied),
    )
  }
  if (groups.length === 0) return undefined
  const said = [...lists].filter(([, list]) => list.length > 0)
  return { '/OCGs': groups, '/D': Object.fromEntries(said) }
}

/** Lists of layers as far as they are of some: arrays and dictionaries without any of them go, with their titles. */
function withOnly(own: ReadonlySet<string>, values: readonly unknown[], { part }: Extract): unknown[] {
  const { copy } = part.source.document
  const listOf = (value: unknown) => {
    const resolved = copy.resolve(value)
    return Array.isArray(resolved) ? resolved : copy.array(copy.dictionary(resolved)['/OCGs'])
  }
  const isGroup = (value: unknown): value is string => isReference(value) && listOf(value).length === 0
  const kept = new Map<unknown, unknown>()
  // From the end, as what stands in a list comes after it.
  for (const value of [...walk(values, listOf, { of: 'layers', isTree: true })].reverse()) {
    if (isGroup(value)) {
      if (own.has(value)) kept.set(value, value)
      continue
    }
    const list = listOf(value)
    const rest = list.flatMap((each) =>
      typeof each === 'string' && !isReference(each) ? [each] : (kept.get(each) ?? []),
    )
    if (!list.some((each) => kept.has(each))) continue
    const resolved = copy.resolve(value)
    kept.set(value, Array.isArray(resolved) ? [rest] : { ...copy.dictionary(resolved), '/OCGs': rest })
  }
  return values.flatMap((value) => kept.get(value) ?? [])
}
