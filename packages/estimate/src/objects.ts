/** An object of a PDF that is no stream, or a stream's dictionary: its number and its text. */
export type ObjectText = { number: number; text: string }

// Bounded repetitions keep the time linear whatever the text is.
const boundary = /(\d{1,10})\s{1,16}\d{1,5}\s{1,16}obj\b|\bendobj\b|\btrailer\b/g

/** The objects in a part of a file's text; what stands outside of them, such as a trailer, has the number 0. */
export function* objectsIn(text: string): Generator<ObjectText> {
  let number = 0
  let from = 0
  for (const match of text.matchAll(boundary)) {
    if (match.index > from) yield { number, text: text.slice(from, match.index) }
    number = Number(match[1] ?? 0)
    from = match.index + match[0].length
  }
  if (from < text.length) yield { number, text: text.slice(from) }
}

/** The dictionary of the stream whose data follow this text. */
export function lastObject(text: string): ObjectText {
  let last: ObjectText = { number: 0, text: '' }
  for (const object of objectsIn(text.slice(-longestDictionary))) last = object
  return last
}

/** Dictionaries of streams are short; what is longer is not read to its end. */
const longestDictionary = 32 * 1024

/** Patterns by key: to build one takes longer than to look for it. */
function patternsOf(value: string): (key: string) => RegExp {
  const patterns = new Map<string, RegExp>()
  return (key) => {
    const known = patterns.get(key)
    if (known) return known
    const pattern = new RegExp(`/${key}${value}`)
    patterns.set(key, pattern)
    return pattern
  }
}

const namePattern = patternsOf('\\s{0,8}/([^\\s/<>\\[\\]()]{1,64})')
const numberPattern = patternsOf('\\s{1,8}(\\d{1,9})(?!\\d|\\s{1,8}\\d{1,5}\\s{1,8}R)')
const referencePattern = patternsOf('\\s{0,8}(\\d{1,10})\\s{1,8}\\d{1,5}\\s{1,8}R')

/** The name that a dictionary has under a key: `Image` for `/Subtype /Image`. */
export function nameOf(dictionary: string, key: string): string | undefined {
  return namePattern(key).exec(dictionary)?.[1]
}

/** The number that a dictionary has under a key; undefined for a reference, too. */
export function numberOf(dictionary: string, key: string): number | undefined {
  const found = numberPattern(key).exec(dictionary)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** The number of the object that a dictionary refers to under a key. */
export function referenceOf(dictionary: string, key: string): number | undefined {
  const found = referencePattern(key).exec(dictionary)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** The filters of a stream, those that were applied last first. */
export function filtersOf(dictionary: string): string[] {
  const found = /\/(?:Filter|F)\s{0,8}(\[[^\]]{0,256}\]|\/[A-Za-z0-9]{1,32})/.exec(dictionary)?.[1]
  return found?.match(/[A-Za-z0-9]+/g) ?? []
}
