import { isDictionary, isReference, type PdfObjects, textStringOf } from '@pdf-smaller/pdf'

/** Settings are small; of values that lead on without end the first leaves tell enough. */
const [mostLeaves, mostLevels] = [5_000, 32]

/** What no reader sees of a dictionary, and any task may drop. */
const privateKeys = new Set(['/PieceInfo', '/Thumb', '/Metadata', '/LastModified'])

/**
 * What a value says, whatever of it stands in objects of its own: each of its leaves with the way to it. Numbers of
 * objects, and how streams are packed, differ between files that say the same.
 */
export function leavesOf(value: unknown, objects: PdfObjects): string[] {
  const leaves: string[] = []
  const waiting = [{ way: '', value, level: 0 }]
  for (let next = waiting.pop(); next && leaves.length < mostLeaves; next = waiting.pop()) {
    const { way, level } = next
    const content = isStream(next.value, objects) ? 'a stream' : objects.resolve(next.value)
    if (Array.isArray(content) && level < mostLevels)
      for (const [index, each] of content.entries())
        waiting.push({ way: `${way}/${index}`, value: each, level: level + 1 })
    else if (isDictionary(content) && level < mostLevels)
      for (const [key, each] of seenEntries(content))
        waiting.push({ way: `${way}${key}`, value: each, level: level + 1 })
    else if (content !== null && content !== undefined) leaves.push(`${way} ${saying(content)}`)
  }
  return leaves.sort()
}

/** The leaves of some entries of a dictionary. */
export const leavesAt = (
  dictionary: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  objects: PdfObjects,
): string[] => leavesOf(Object.fromEntries(keys.map((key) => [key, dictionary[key]])), objects)

/** What a value says that is no list: a text says the same in any encoding. */
export const saying = (content: unknown): string => JSON.stringify(textStringOf(content) ?? content)

export function isStream(value: unknown, objects: PdfObjects): boolean {
  const object = isReference(value) ? objects.all.get(value) : undefined
  return object !== undefined && 'dictionary' in object
}

const seenEntries = (dictionary: Readonly<Record<string, unknown>>) =>
  Object.entries(dictionary)
    .filter(([key]) => !privateKeys.has(key))
    .sort(byKey)

const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1)
