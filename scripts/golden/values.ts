import { isDeepStrictEqual } from 'node:util'
import { type Node, valuesOf } from './node.ts'

/** Whose schema it is: of what this system gives to others, or of what it takes from them. */
export type Role = 'gives' | 'takes'

/** Say nothing about what a value may be, or are compared by `breaks`. */
const others = new Set(
  [
    '$schema $id $defs $ref title description default examples deprecated discriminator x-extensible x-extensible-enum',
    'type enum const anyOf oneOf properties required additionalProperties items',
  ].flatMap((words) => words.split(' ')),
)
const lowerBounds = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'])
const upperBounds = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'])

/** Why not every value of the narrow schema has the type, and is within the bounds, of the wide one. */
export function valuesWithin(narrow: Node, wide: Node, { role, at }: { role: Role; at: string }): string[] {
  const place = at.replace(/^\./, '') || 'the value'
  const [own, known] = [valuesOf(narrow), valuesOf(wide)]
  if (known && !own)
    return [`${place} is ${role === 'gives' ? 'no longer' : 'now'} one of ${JSON.stringify(known)}`]
  const strange = known && own?.filter((value) => !known.some((each) => isDeepStrictEqual(each, value)))
  const what = role === 'gives' ? 'was not to be expected' : 'is not taken any more'
  if (strange?.length)
    return [`${place}: ${strange.map((value) => JSON.stringify(value)).join(', ')} ${what}`]
  const types = [typeIn(narrow), typeIn(wide)]
  if (types[1] && types[0] !== types[1] && !(types[0] === 'integer' && types[1] === 'number'))
    return [`${place}: ${types[0] ?? 'any type'} is not ${types[1]}`]
  return Object.entries(wide).flatMap(([keyword, limit]) =>
    others.has(keyword) || keeps(keyword, narrow[keyword], limit)
      ? []
      : [`${place}: ${keyword} ${shown(narrow[keyword])} is not within ${shown(limit)}`],
  )
}

function typeIn(node: Node): string | undefined {
  if (typeof node.type === 'string') return node.type
  const [value] = valuesOf(node) ?? []
  return value === undefined ? undefined : value === null ? 'null' : typeof value
}

/** A keyword that is not known here must stay as it is. */
function keeps(keyword: string, own: unknown, limit: unknown): boolean {
  if (typeof own === 'number' && typeof limit === 'number') {
    if (lowerBounds.has(keyword)) return own >= limit
    if (upperBounds.has(keyword)) return own <= limit
  }
  return isDeepStrictEqual(own, limit)
}

const shown = (value: unknown) => (value === undefined ? 'unlimited' : JSON.stringify(value))
