import { isReference } from '@pdf-smaller/pdf'
import type { Extract } from './extract.ts'

const listed = ['/ON', '/OFF', '/Order', '/RBGroups', '/Locked', '/AS'] as const

/** The layers of the parts, each as visible as it was (ISO 32000-1, 8.11.4); undefined when none has any. */
export function joinedLayers(extracts: readonly Extract[]): object | undefined {
  const groups: unknown[] = []
  const lists = new Map<string, unknown[]>()
  const append = (key: string, values: unknown[]) => lists.set(key, [...(lists.get(key) ?? []), ...values])
  for (const { part, copied } of extracts) {
    const { copy } = part.source.document
    const properties = copy.dictionary(copy.dictionary(copy.trailer['/Root'])['/OCProperties'])
    const own = copy.array(properties['/OCGs']).filter(isReference)
    if (own.length === 0) continue
    for (const group of own) groups.push(copied(group))
    const usual = copy.dictionary(properties['/D'])
    for (const key of listed) append(key, copy.array(usual[key]).map(copied))
    // The new document's layers are on where nothing else is said.
    if (copy.resolve(usual['/BaseState']) !== '/OFF') continue
    const on = new Set(copy.array(usual['/ON']))
    append('/OFF', own.filter((group) => !on.has(group)).map(copied))
  }
  if (groups.length === 0) return undefined
  const said = [...lists].filter(([, list]) => list.length > 0)
  return { '/OCGs': groups, '/D': Object.fromEntries(said) }
}
