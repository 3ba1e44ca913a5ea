import { alternatives, kindOf, type Node, type Side, sideOf } from './node.ts'
import { type Role, valuesWithin } from './values.ts'

type Place = { role: Role; at: string; above: readonly (readonly [unknown, unknown])[] }

/**
 * What a changed schema breaks for those who know the one before, one line each. What is given has to be within what was given
 * before, but for members that are new; what was taken before has to be within what is taken now.
 */
export function breaks(before: unknown, now: unknown, role: Role): string[] {
  const [old, changed] = [sideOf(before), sideOf(now)]
  const [narrow, wide] = role === 'gives' ? [changed, old] : [old, changed]
  return within(narrow, wide, { role, at: '', above: [] })
}

/** Why not every value of the narrow schema is one of the wide schema. */
function within(narrow: Side, wide: Side, place: Place): string[] {
  // What refers to itself is compared once.
  if (place.above.some(([n, w]) => n === narrow.source && w === wide.source)) return []
  const inner: Place = { ...place, above: [...place.above, [narrow.source, wide.source]] }
  const parts = alternatives(narrow)
  if (parts) return [...new Set(parts.flatMap((part) => within(part, wide, inner)))]
  const choices = alternatives(wide)
  if (choices) return withinOne(narrow, choices, wide.node, inner)
  const values = valuesWithin(narrow.node, wide.node, inner)
  return values.length > 0
    ? values
    : [...membersWithin(narrow, wide, inner), ...itemsWithin(narrow, wide, inner)]
}

function withinOne(narrow: Side, choices: readonly Side[], union: Node, place: Place): string[] {
  const found = choices.map((choice) => ({ choice, broken: within(narrow, choice, place) }))
  if (found.some(({ broken }) => broken.length === 0)) return []
  const kind = kindOf(narrow.node)
  const same = found.find(({ choice }) => kind !== undefined && kindOf(choice.node) === kind)
  if (same) return same.broken
  if (union['x-extensible'] && kind !== undefined) return []
  const [nearest] = found.toSorted((a, b) => a.broken.length - b.broken.length)
  const what = kind ?? String(narrow.node.type ?? 'a value')
  return [`${where(place)}: ${what} is in no alternative (${nearest?.broken[0] ?? 'there is none'})`]
}

function membersWithin(narrow: Side, wide: Side, place: Place): string[] {
  const [own, others] = [narrow.node.properties, wide.node.properties]
  const gives = place.role === 'gives'
  const found: string[] = []
  const compare = (name: string, mine: unknown, other: unknown) => {
    const at = `${place.at}.${name}`
    found.push(...within(sideOf(mine, narrow.root), sideOf(other, wide.root), { ...place, at }))
  }
  for (const [name, schema] of Object.entries(others)) {
    if (name in own) compare(name, own[name], schema)
    else if (gives) found.push(`${where(place)}.${name} is gone`)
  }
  const further = wide.node['additionalProperties']
  for (const [name, schema] of Object.entries(own).filter(([name]) => !(name in others))) {
    if (further === false)
      found.push(
        `${where(place)}.${name} is ${gives ? 'new, where nothing is to be expected' : 'not taken any more'}`,
      )
    else if (further !== undefined) compare(name, schema, further)
  }
  for (const name of wide.node.required) {
    if (narrow.node.required.includes(name) || (gives && !(name in own))) continue
    found.push(`${where(place)}.${name} is ${gives ? 'not always there any more' : 'needed now'}`)
  }
  const unnamed = narrow.node['additionalProperties'] ?? true
  if (further === false && unnamed !== false) found.push(`${where(place)} is not closed any more`)
  if (typeof further === 'object' && unnamed !== false) compare('*', unnamed, further)
  return found
}

function itemsWithin(narrow: Side, wide: Side, place: Place): string[] {
  const [own, other] = [narrow.node['items'], wide.node['items']]
  if (other === undefined) return []
  const at = `${place.at}[]`
  return within(sideOf(own ?? true, narrow.root), sideOf(other, wide.root), { ...place, at })
}

const where = ({ at }: Place) => at.replace(/^\./, '') || 'the value'
