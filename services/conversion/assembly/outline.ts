import {
  type Dictionary,
  entriesIn,
  type NewObjects,
  type OutlineItem,
  textValue,
  walk,
} from '@pdf-smaller/pdf'
import type { Extract } from './extracted.ts'

/** An entry for the outline of a new document. */
export type Entry = {
  title: string
  /** Where it leads, how it looks. */
  dictionary: Dictionary
  isOpen: boolean
  kids: Entry[]
}

export type OutlineCounts = { kept: number; dropped: number }

/**
 * The entries of a source that still lead somewhere. One that does not but has such entries below it stays above them,
 * and leads where the first of them does.
 */
export function keptEntries(items: readonly OutlineItem[], extract: Extract, counts: OutlineCounts): Entry[] {
  const { part } = extract
  const { selection } = part
  const below = (item: OutlineItem) => (isApart(item) ? [] : item.kids)
  const kept = new Map<OutlineItem, Entry>()
  const keptOf = (all: readonly OutlineItem[]) => all.flatMap((each) => kept.get(each) ?? [])
  // From the end, as what stands below an entry comes after it.
  for (const item of [...walk(items, below, { of: 'outline' })].reverse()) {
    const kids = keptOf(item.kids)
    const lead = isApart(item)
      ? undefined
      : (leadOf(item.dictionary, extract) ?? (kids[0] && leadsTo(kids[0])))
    if (!lead && kids.length === 0) {
      counts.dropped += isApart(item) ? (part.source.outlineSpans.get(item)?.entries ?? 1) : 1
      continue
    }
    counts.kept++
    const look = Object.fromEntries(
      ['/C', '/F'].flatMap((key) =>
        key in item.dictionary ? [[key, extract.copied(item.dictionary[key])]] : [],
      ),
    )
    kept.set(item, { title: item.title, dictionary: { ...look, ...lead }, isOpen: item.isOpen, kids })
  }
  return keptOf(items)

  /** Whether neither an entry nor any below it leads to one of the pages. */
  function isApart(item: OutlineItem): boolean {
    const span = part.source.outlineSpans.get(item)
    return span !== undefined && !selection.isWhole && !selection.meets(span)
  }
}

/** The destination or action of an entry in the new document; undefined when its page did not come along. */
function leadOf(item: Dictionary, { part: { selection }, copied }: Extract): Dictionary | undefined {
  const lead = selection.lead(item)
  switch (lead.kind) {
    case 'inside':
      return { '/Dest': copied(lead.destination) }
    case 'action':
    case 'file':
      return { '/A': copied(item['/A']) }
    case 'lost':
      return undefined
    case 'nowhere':
      return selection.isWhole ? {} : undefined
    default:
      return lead satisfies never
  }
}

function leadsTo({ dictionary }: Entry): Dictionary {
  const { '/Dest': destination } = dictionary
  return destination === undefined ? {} : { '/Dest': destination }
}

/**
 * Writes the entries as an outline (ISO 32000-1, 12.3.3).
 * @returns its reference; undefined when there are no entries
 */
export function addOutline(top: readonly Entry[], target: NewObjects): string | undefined {
  if (top.length === 0) return undefined
  const root = target.reserve()
  const entries = [...entriesIn(top)]
  const places = new Map(entries.map((entry) => [entry, target.reserve()]))
  const shown = shownBelow(entries)
  const ends = (kids: readonly Entry[]) => {
    const [first, last] = [kids[0], kids.at(-1)]
    return { '/First': first && places.get(first), '/Last': last && places.get(last) }
  }
  const putAll = (kids: readonly Entry[], parent: string) => {
    for (const [index, entry] of kids.entries()) {
      const [previous, next] = [kids[index - 1], kids[index + 1]]
      const count = shown.get(entry) ?? 0
      target.put(places.get(entry) ?? '', {
        value: {
          '/Title': textValue(entry.title),
          '/Parent': parent,
          ...entry.dictionary,
          ...(previous ? { '/Prev': places.get(previous) } : {}),
          ...(next ? { '/Next': places.get(next) } : {}),
          ...(count > 0 ? { ...ends(entry.kids), '/Count': entry.isOpen ? count : -count } : {}),
        },
      })
    }
  }
  putAll(top, root)
  for (const entry of entries) putAll(entry.kids, places.get(entry) ?? '')
  const count = shownOf(top, shown)
  target.put(root, { value: { '/Type': '/Outlines', ...ends(top), '/Count': count } })
  return root
}

/** How many entries are shown below each once it is open. */
function shownBelow(entries: readonly Entry[]): Map<Entry, number> {
  const shown = new Map<Entry, number>()
  // From the end, as what stands below an entry comes after it.
  for (const entry of entries.toReversed()) shown.set(entry, shownOf(entry.kids, shown))
  return shown
}

function shownOf(entries: readonly Entry[], shown: ReadonlyMap<Entry, number>): number {
  let count = entries.length
  for (const entry of entries) if (entry.isOpen) count += shown.get(entry) ?? 0
  return count
}
