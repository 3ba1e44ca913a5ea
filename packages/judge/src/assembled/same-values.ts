import { isDictionary, isReference, type FileSlice, type PdfObjects } from '@pdf-smaller/pdf'

/** Two parts of files that have to be the same bytes. */
export type SlicePair = readonly [FileSlice, FileSlice]

/** A value with the document that it stands in. */
export type Side = { objects: PdfObjects; value: unknown }

/** Entries that say where something belongs, or whether it is shown, which others decide. */
const [placing, deciding] = [
  new Set(['/Parent', '/P', '/StructParent', '/StructParents', '/Metadata']),
  '/OC',
]
/** More values are left to those who draw. References lead no further than objects follow them. */
const [mostValues, longestChain] = [20_000, 32]

/**
 * Compares what two values lead to, references followed.
 * @returns the data of streams that has yet to be compared; undefined where anything differs, is decided elsewhere, or there
 * is too much of it
 */
export function streamsToCompare(before: Side, after: Side): SlicePair[] | undefined {
  const slices: SlicePair[] = []
  const met = new Set<string>()
  const waiting: Pair[] = [[before.value, after.value]]
  let left = mostValues
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (left-- <= 0) return undefined
    const [one, other] = next
    if (isReference(one) && isReference(other)) {
      const pair = `${one} ${other}`
      if (met.has(pair)) continue
      met.add(pair)
    }
    const [had, has] = [heldBy(one, before.objects), heldBy(other, after.objects)]
    if ((had.file === undefined) !== (has.file === undefined)) return undefined
    if (had.file && has.file) slices.push([had.file, has.file])
    const kids = kidsOf(had.value, has.value)
    if (!kids) return undefined
    for (const kid of kids) waiting.push(kid)
  }
  return slices
}

type Pair = [unknown, unknown]

/** What a value is, or what a reference leads to; of a stream, its dictionary and where its data is. */
function heldBy(value: unknown, { all }: PdfObjects): { value: unknown; file?: FileSlice } {
  for (let step = 0; step < longestChain && isReference(value); step++) {
    const object = all.get(value)
    if (object && 'file' in object) return { value: object.dictionary, file: object.file }
    value = object?.value
  }
  return { value }
}

/** What of two values has to be the same for them to be; undefined where they are not. */
function kidsOf(one: unknown, other: unknown): Pair[] | undefined {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length ? one.map((each: unknown, index) => [each, other[index]]) : undefined
  if (!isDictionary(one) || !isDictionary(other)) return Object.is(one, other) ? [] : undefined
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  if (keys.has(deciding)) return undefined
  return [...keys].filter((key) => !placing.has(key)).map((key) => [one[key], other[key]])
}
