import { type Dictionary, isDictionary, isReference } from './pdf-objects.ts'
import { walk } from './walk.ts'

/** What a walk comes by: an object, at its reference, or a dictionary within one. */
export type Reached = { reference: string } | { dictionary: Record<string, unknown> }

/** An object of a document that was read or is being made. */
type AnyObject = { value: unknown } | { dictionary: Dictionary }

/**
 * Walks through everything that values lead to, each object once.
 * @param enters whether the walk goes into an object; it is not told of those that it does not
 * @param partOf what of a dictionary the walk goes through; all of it when it is left out
 */
export function* reachedFrom(
  { all }: { all: Pick<ReadonlyMap<string, AnyObject>, 'get'> },
  values: readonly unknown[],
  enters: (reference: string) => boolean = () => true,
  partOf: (dictionary: Record<string, unknown>) => Record<string, unknown> = (dictionary) => dictionary,
): Generator<Reached> {
  const leadsOn = (value: unknown) =>
    typeof value === 'string'
      ? isReference(value) && enters(value)
      : typeof value === 'object' && value !== null
  const kidsOf = (value: unknown): unknown[] => {
    if (isReference(value)) {
      const object = all.get(value)
      return object ? ['value' in object ? object.value : object.dictionary] : []
    }
    if (Array.isArray(value)) return value
    return isDictionary(value) ? Object.values(partOf(value)) : []
  }
  for (const value of walk(values, kidsOf, { of: 'structure', leadsOn })) {
    if (isReference(value)) yield { reference: value }
    else if (isDictionary(value)) yield { dictionary: value }
  }
}
