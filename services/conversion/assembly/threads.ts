import { type Dictionary, isReference, type PdfObjects, textStringOf, walk } from '@pdf-smaller/pdf'
import type { Selection } from './selected.ts'

/** The articles of a document (ISO 32000-1, 12.4.3): each a ring of beads, places on pages that are read in turn. */
export type Threads = {
  /** Those of which a bead stands on a page that comes along. */
  on: (selection: Selection) => string[]
  /** The thread that an action means by its number or title; what it says where it means none. */
  meant: (destination: unknown) => unknown
  /** A thread or bead without the beads that do not come along. */
  adapted: (dictionary: Dictionary, reference: string, selection: Selection) => Dictionary
}

/** The beads of a thread that come along, in their order, and where each stands among them. */
type Ring = { beads: string[]; places: Map<string, number> }

export function threadsOf(objects: PdfObjects): Threads {
  const threadOf = new Map<string, string>()
  const beadsOf = new Map<string, string[]>()
  const root = objects.dictionary(objects.trailer['/Root'])
  const listed = objects.array(root['/Threads'])
  const nextOf = (bead: unknown) => {
    const { '/N': next } = objects.dictionary(bead)
    return isReference(next) && !threadOf.has(next) ? [next] : []
  }
  for (const thread of listed.filter(isReference)) {
    const beads: string[] = []
    for (const bead of walk<unknown>([objects.dictionary(thread)['/F']], nextOf, { of: 'threads' })) {
      if (!isReference(bead) || !objects.all.has(bead)) continue
      threadOf.set(bead, thread)
      beads.push(bead)
    }
    beadsOf.set(thread, beads)
  }
  const rings = new WeakMap<Selection, Map<string, Ring>>()
  const ringOf = (thread: string, selection: Selection): Ring => {
    const own = rings.get(selection) ?? new Map<string, Ring>()
    rings.set(selection, own)
    const known = own.get(thread)
    if (known) return known
    const beads = (beadsOf.get(thread) ?? []).filter((bead) => {
      const { '/P': page } = objects.dictionary(bead)
      return isReference(page) && selection.has(page)
    })
    const ring = { beads, places: new Map(beads.map((bead, index) => [bead, index])) }
    own.set(thread, ring)
    return ring
  }
  return {
    on: (selection) => [...beadsOf.keys()].filter((thread) => ringOf(thread, selection).beads.length > 0),
    meant: (destination) => {
      const said = objects.resolve(destination)
      if (typeof said === 'number') return listed[said] ?? destination
      const title = textStringOf(said)
      const titleOf = (thread: unknown) =>
        textStringOf(objects.resolve(objects.dictionary(objects.dictionary(thread)['/I'])['/Title']))
      return title === undefined
        ? destination
        : (listed.find((thread) => titleOf(thread) === title) ?? destination)
    },
    adapted: (dictionary, reference, selection) => {
      if (beadsOf.has(reference))
        return { ...dictionary, '/F': ringOf(reference, selection).beads[0] ?? null }
      const thread = threadOf.get(reference)
      if (thread === undefined) return dictionary
      const { beads, places } = ringOf(thread, selection)
      const at = places.get(reference) ?? 0
      const [next, previous] = [beads[(at + 1) % beads.length], beads.at(at - 1)]
      return { ...dictionary, '/T': thread, '/N': next ?? null, '/V': previous ?? null }
    },
  }
}
