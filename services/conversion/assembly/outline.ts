import { type Dictionary, type NewObjects, type OutlineItem, textValue } from '@pdf-smaller/pdf'
import type { Extract } from './extract.ts'

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
  const { part, selection } = extract
  return items.flatMap((item) => {
    const span = part.source.outlineSpans.get(item)
    if (span && !selection.isWhole && !selection.meets(span)) {
      counts.dropped += span.entries
      return []
    }
    const kids = keptEntries(item.kids, extract, counts)
    const lead = leadOf(item.dictionary, extract) ?? (kids[0] && leadsTo(kids[0]))
    if (!lead && kids.length === 0) {
      counts.dropped++
      return []
    }
    counts.kept++
    const look = Object.fromEntries(
      ['/C', '/F'].flatMap((key) =>
        key in item.dictionary ? [[key, extract.copied(item.dictionary[key])]] : [],
      ),
    )
    return [{ title: item.title, dictionary: { ...look, ...lead }, isOpen: item.isOpen, kids }]
  })
}

/** The destination or action of an entry in the new document; undefined when its page did not come along. */
function leadOf(item: Dictionary, { selection, copied, destination }: Extract): Dictionary | undefined {
  const lead = selection.lead(item)
  switch (lead.kind) {
    case 'inside':
      return { '/Dest': destination(lead.destination) }
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
export function addOutline(entries: readonly Entry[], target: NewObjects): string | undefined {
  if (entries.length === 0) return undefined
  const root = target.reserve()
  const { first, last, shown } = addEntries(entries, root, target)
  target.put(root, { value: { '/Type': '/Outlines', '/First': first, '/Last': last, '/Count': shown } })
  return root
}

function addEntries(entries: readonly Entry[], parent: string, target: NewObjects) {
  const references = entries.map(() => target.reserve())
  let shown = entries.length
  for (const [index, { title, dictionary, isOpen, kids }] of entries.entries()) {
    const own = references[index] ?? ''
    const below = kids.length > 0 ? addEntries(kids, own, target) : undefined
    if (below && isOpen) shown += below.shown
    const [previous, next] = [references[index - 1], references[index + 1]]
    target.put(own, {
      value: {
        '/Title': textValue(title),
        '/Parent': parent,
        ...dictionary,
        ...(previous ? { '/Prev': previous } : {}),
        ...(next ? { '/Next': next } : {}),
        ...(below
          ? { '/First': below.first, '/Last': below.last, '/Count': isOpen ? below.shown : -below.shown }
          : {}),
      },
    })
  }
  return { first: references[0] ?? '', last: references.at(-1) ?? '', shown }
}
