import type { ImageClass, ImageReport } from '../../result.ts'
import type { Place } from './places.ts'
import type { ImageFacts } from './reader/facts.ts'

/** What came of one image: its bytes before and after, or why it stays as it is. */
export type ImageOutcome = { before: number; after: number } | { before: number; kept: string }

/** What came of the images of a document, counted by what they are. */
export type ImageTally = {
  add: (kind: ImageClass, outcome: ImageOutcome) => void
  /** Forgets what was counted, for another go at the same images. */
  clear: () => void
  report: () => ImageReport[]
}

export function openTally(): ImageTally {
  const classes = new Map<ImageClass, ImageReport>()
  return {
    add: (kind, outcome) => {
      const known = classes.get(kind) ?? emptyReport(kind)
      classes.set(kind, known)
      known.count++
      known.bytesBefore += outcome.before
      if ('kept' in outcome) {
        known.bytesAfter += outcome.before
        known.kept[outcome.kept] = (known.kept[outcome.kept] ?? 0) + 1
      } else {
        known.renewed++
        known.bytesAfter += outcome.after
      }
    },
    clear: () => classes.clear(),
    report: () => [...classes.values()].sort((a, b) => b.bytesBefore - a.bytesBefore),
  }
}

const emptyReport = (kind: ImageClass): ImageReport => ({
  class: kind,
  count: 0,
  renewed: 0,
  bytesBefore: 0,
  bytesAfter: 0,
  kept: {},
})

/** What an image is, as far as it matters to how it is encoded. */
export function classOf({ space, bits }: ImageFacts, { isSoftMask }: Place): ImageClass {
  if (isSoftMask) return 'soft-mask'
  if (space.kind === 'stencil') return 'stencil'
  if (bits === 1) return 'bitmap'
  if (space.kind === 'indexed') return 'indexed'
  if (space.kind === 'drawn') return 'other'
  if (space.components === 4) return 'cmyk'
  return space.components === 1 ? 'gray' : 'colour'
}
