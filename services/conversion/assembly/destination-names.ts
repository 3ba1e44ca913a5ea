import { type Destination, stringBytes, stringValue } from '@pdf-smaller/pdf'
import type { Part } from './source.ts'

/** The named destinations of a part whose pages come along, by the names in its source. */
export function* destinationsIn({ source, pages }: Part): Generator<[name: string, Destination]> {
  for (const page of new Set(pages))
    yield* source.namesOn.get(source.document.pageReferences[page - 1] ?? '') ?? []
}

/** The names that destinations of a part get, as strings of a name tree; no two parts share one. */
export function destinationNaming(part: Part, taken: Set<string>): Map<string, string> {
  const naming = new Map<string, string>()
  // Those of the name tree come last, and keep their names before names that were none of its strings.
  for (const [name] of [...destinationsIn(part)].reverse()) {
    const key = name.startsWith('/') ? stringValue(Buffer.from(name.slice(1), 'latin1')) : name
    const free = freeKey(key, taken)
    taken.add(free)
    naming.set(name, free)
  }
  return naming
}

function freeKey(key: string, taken: ReadonlySet<string>): string {
  let free = key
  for (let number = 2; taken.has(free); number++) free = numbered(key, number)
  return free
}

/** A string with a number behind it, in the encoding that its mark tells. */
function numbered(key: string, number: number): string {
  const bytes = stringBytes(key) ?? Buffer.alloc(0)
  const mark = bytes.subarray(0, 2).toString('hex')
  const added = Buffer.from(`_${number}`, mark === 'feff' || mark === 'fffe' ? 'utf16le' : 'latin1')
  return stringValue(Buffer.concat([bytes, mark === 'feff' ? added.swap16() : added]))
}
