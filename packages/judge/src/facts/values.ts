import { isDictionary, isReference, type PdfObjects } from '@pdf-smaller/pdf'

/** Settings are small; of values that lead on without end the first leaves tell enough. */
const [mostLeaves, mostLevels] = [5_000, 32]

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
      for (const [key, each] of Object.entries(content).sort(byKey))
        waiting.push({ way: `${way}${key}`, value: each, level: level + 1 })
    else if (content !== null && content !== undefined) leaves.push(`${way} ${JSON.stringify(content)}`)
  }
  return leaves.sort()
}

export function isStream(value: unknown, objects: PdfObjects): boolean {
  const object = isReference(value) ? objects.all.get(value) : undefined
  return object !== undefined && 'dictionary' in object
}

const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1)
