import { isDictionary, isReference, type PdfObjects } from './pdf-objects.ts'

/** What a walk comes by: an object, at its reference, or a dictionary within one. */
export type Reached = { reference: string } | { dictionary: Record<string, unknown> }

/**
 * Walks through everything that values lead to, each object once.
 * @param enters whether the walk goes into an object; it is not told of those that it does not
 */
export function* reachedFrom(
  { all }: Pick<PdfObjects, 'all'>,
  values: readonly unknown[],
  enters: (reference: string) => boolean = () => true,
): Generator<Reached> {
  const reached = new Set<string>()
  const waiting = [...values]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (isReference(value)) {
      if (reached.has(value) || !enters(value)) continue
      reached.add(value)
      yield { reference: value }
      const object = all.get(value)
      if (object) waiting.push('value' in object ? object.value : object.dictionary)
    } else if (Array.isArray(value)) for (const each of value) waiting.push(each)
    else if (isDictionary(value)) {
      yield { dictionary: value }
      for (const each of Object.values(value)) waiting.push(each)
    }
  }
}
