import { type ObjectText, referenceOf } from './objects.ts'

/** What refers to what: tells which objects a document still uses. */
type References = {
  /** Takes notice of an object; one of the same number before it counts no more. */
  note: (object: ObjectText) => void
  /** For objects that could not be read: then nothing is known to be idle. */
  giveUp: () => void
  found: () => Uses
}

export type Uses = {
  /** Whether nothing leads from the trailer to an object. */
  isIdle: (number: number) => boolean
  /** Share of the text of objects outside of streams that is idle or was written anew further on, 0 to 1. */
  idleText: number
  /** The metadata of the document as a whole. */
  metadata: number | undefined
}

/** Bounds of what is remembered; a file that has more is taken to use all that it has. */
const mostObjects = 200_000
const mostReferences = 1_000_000
const mostText = 8 * 1024 * 1024

/** Editing data and thumbnails are not followed: they are for no reader of the document (ISO 32000-1, 14.5 and 12.3.4). */
const idleKeys = /\/(?:Private|PieceInfo|Thumb)\s{0,8}\d{1,10}\s{1,8}\d{1,5}\s{1,8}R\b/g
const reference = /(\d{1,10})\s{1,8}\d{1,5}\s{1,8}R\b/g

export function openReferences(): References {
  /** For each object, its last reference in `targets`; each one tells the next in `followers`. */
  const lasts = new Map<number, number>()
  const lengths = new Map<number, number>()
  const targets: number[] = [-1]
  const followers: number[] = [-1]
  const roots = new Set<number>()
  let metadata: number | undefined
  let text = 0
  let numbered = 0
  let isWhole = true
  const catalogues = new Map<number, number | undefined>()

  const follow = (number: number, object: string) => {
    let last = 0
    const followed = object.includes('R') ? object.replace(idleKeys, '') : ''
    for (const [, target] of followed.matchAll(reference)) {
      targets.push(Number(target))
      followers.push(last)
      last = targets.length - 1
    }
    lasts.set(number, last)
  }

  const reached = (): Set<number> => {
    const seen = new Set(roots)
    for (const number of seen)
      for (let at = lasts.get(number) ?? 0; at > 0; at = followers[at] ?? 0) seen.add(targets[at] ?? -1)
    return seen
  }

  return {
    note: ({ number, text: object }) => {
      text += object.length
      isWhole &&= text <= mostText && targets.length < mostReferences && lengths.size < mostObjects
      if (!isWhole) return
      // A trailer, or the dictionary of a stream that stands for one (ISO 32000-1, 7.5.8).
      const isTrailer = number === 0 || /\/Type\s{0,8}\/XRef\b/.test(object)
      if (isTrailer) for (const [, target] of object.matchAll(reference)) roots.add(Number(target))
      if (/\/Type\s{0,8}\/Catalog\b/.test(object)) catalogues.set(number, referenceOf(object, 'Metadata'))
      if (number === 0) return
      numbered += object.length
      lengths.set(number, object.length)
      follow(number, object)
    },
    giveUp: () => (isWhole = false),
    found: () => {
      const used = isWhole ? reached() : new Set<number>()
      const isKnown = [...catalogues.keys()].some((catalogue) => used.has(catalogue))
      for (const [catalogue, packet] of catalogues) if (!isKnown || used.has(catalogue)) metadata = packet
      let busy = 0
      for (const [number, length] of lengths) if (used.has(number)) busy += length
      return {
        isIdle: (number) => isKnown && !used.has(number),
        idleText: isKnown && numbered > 0 ? Math.max(0, 1 - busy / numbered) : 0,
        metadata,
      }
    },
  }
}
